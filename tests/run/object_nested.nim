discard """
  output: '''
3 (x: 3.0, y: 1.5) (x: 10.0, y: -3.0)
(bodies: [(pos: (x: 3.0, y: 1.5), vel: (x: 1.0, y: 0.5)), (pos: (x: 10.0, y: -3.0), vel: (x: 0.0, y: -1.0))], tick: 3)
'''
"""
type
  Vec = object
    x, y: float
  Body = object
    pos, vel: Vec
  World = object
    bodies: array[2, Body]
    tick: int
proc `+`(a, b: Vec): Vec = Vec(x: a.x + b.x, y: a.y + b.y)
proc step(w: var World) =
  for b in w.bodies.mitems: b.pos = b.pos + b.vel
  inc w.tick
var w: World
w.bodies[0].vel = Vec(x: 1.0, y: 0.5)
w.bodies[1] = Body(pos: Vec(x: 10.0), vel: Vec(y: -1.0))
for _ in 1..3: w.step()
echo w.tick, " ", w.bodies[0].pos, " ", w.bodies[1].pos
echo w
