## Five bodies of the solar system, moved by a symplectic integrator.
import std/[math, times]

type
  Body = object
    x, y, z, vx, vy, vz, mass: float

const
  solarMass = 4 * PI * PI
  year = 365.24

proc advance(bodies: var seq[Body], dt: float) =
  for i in 0 ..< bodies.len:
    for j in i + 1 ..< bodies.len:
      let dx = bodies[i].x - bodies[j].x
      let dy = bodies[i].y - bodies[j].y
      let dz = bodies[i].z - bodies[j].z
      let d2 = dx * dx + dy * dy + dz * dz
      let mag = dt / (d2 * sqrt(d2))
      bodies[i].vx -= dx * bodies[j].mass * mag
      bodies[i].vy -= dy * bodies[j].mass * mag
      bodies[i].vz -= dz * bodies[j].mass * mag
      bodies[j].vx += dx * bodies[i].mass * mag
      bodies[j].vy += dy * bodies[i].mass * mag
      bodies[j].vz += dz * bodies[i].mass * mag
  for body in bodies.mitems:
    body.x += dt * body.vx
    body.y += dt * body.vy
    body.z += dt * body.vz

proc energy(bodies: seq[Body]): float =
  for i, b in bodies:
    result += 0.5 * b.mass * (b.vx * b.vx + b.vy * b.vy + b.vz * b.vz)
    for j in i + 1 ..< bodies.len:
      let dx = b.x - bodies[j].x
      let dy = b.y - bodies[j].y
      let dz = b.z - bodies[j].z
      result -= b.mass * bodies[j].mass / sqrt(dx * dx + dy * dy + dz * dz)

proc offsetMomentum(bodies: var seq[Body]) =
  var px, py, pz = 0.0
  for b in bodies:
    px += b.vx * b.mass
    py += b.vy * b.mass
    pz += b.vz * b.mass
  bodies[0].vx = -px / solarMass
  bodies[0].vy = -py / solarMass
  bodies[0].vz = -pz / solarMass

proc system(): seq[Body] =
  result = @[
    Body(mass: solarMass),
    Body(x: 4.84143144246472090e+00, y: -1.16032004402742839e+00,
         z: -1.03622044471123109e-01, vx: 1.66007664274403694e-03 * year,
         vy: 7.69901118419740425e-03 * year, vz: -6.90460016972063023e-05 * year,
         mass: 9.54791938424326609e-04 * solarMass),
    Body(x: 8.34336671824457987e+00, y: 4.12479856412430479e+00,
         z: -4.03523417114321381e-01, vx: -2.76742510726411899e-03 * year,
         vy: 4.99852801234917238e-03 * year, vz: 2.30417297573763929e-05 * year,
         mass: 2.85885980666130812e-04 * solarMass),
    Body(x: 1.28943695621391310e+01, y: -1.51111514016986312e+01,
         z: -2.23307578892655734e-01, vx: 2.96460137564761618e-03 * year,
         vy: 2.37847173959480950e-03 * year, vz: -2.96589568540237556e-05 * year,
         mass: 4.36624404335156298e-05 * solarMass),
    Body(x: 1.53796971148509165e+01, y: -2.59193146099879641e+01,
         z: 1.79258772950371181e-01, vx: 2.68067772490389322e-03 * year,
         vy: 1.62824170038242295e-03 * year, vz: -9.51592254519715870e-05 * year,
         mass: 5.15138902046611451e-05 * solarMass)]
  offsetMomentum(result)

let start = cpuTime()
var bodies = system()
doAssert abs(bodies.energy + 0.169075164) < 1e-9
for step in 1 .. 400_000:
  advance(bodies, 0.01)
doAssert abs(bodies.energy + 0.169083) < 1e-5
echo "time ", int((cpuTime() - start) * 1e9)
echo int(bodies.energy * 1e9)
