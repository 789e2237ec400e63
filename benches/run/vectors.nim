## Small objects by value through small procs.
import std/[times]

type Vec3 = object
  x, y, z: float

proc `+`(a, b: Vec3): Vec3 = Vec3(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z)
proc `*`(a: Vec3, by: float): Vec3 = Vec3(x: a.x * by, y: a.y * by, z: a.z * by)
proc dot(a, b: Vec3): float = a.x * b.x + a.y * b.y + a.z * b.z

proc drift(rounds: int): float =
  var at = Vec3(x: 1, y: 2, z: 3)
  for i in 0 ..< rounds:
    at = (at + Vec3(x: 0.5, y: -0.25, z: 0.125)) * 0.5
    result += at.dot(at)

let start = cpuTime()
let found = drift(20_000_000)
doAssert found > 6562499 and found < 6562510
echo "time ", int((cpuTime() - start) * 1e9)
echo int(found)
