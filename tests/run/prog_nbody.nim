discard """
  output: '''
-250 1000 -906 1076
'''
"""
# Floating point over many steps: a fixed result.
type Body = object
  x, y, vx, vy, m: float
proc step(bs: var seq[Body], dt: float) =
  for i in 0 ..< bs.len:
    for j in 0 ..< bs.len:
      if i == j: continue
      let dx = bs[j].x - bs[i].x
      let dy = bs[j].y - bs[i].y
      let d2 = dx * dx + dy * dy + 0.01
      bs[i].vx += dx / d2 * bs[j].m * dt
      bs[i].vy += dy / d2 * bs[j].m * dt
  for b in bs.mitems:
    b.x += b.vx * dt
    b.y += b.vy * dt
var bs = @[Body(x: 0, y: 0, m: 10), Body(x: 5, y: 0, vy: 1, m: 1), Body(x: -3, y: 4, vx: -0.5, m: 0.5)]
for _ in 1..500: step(bs, 0.01)
var px, py = 0.0
for b in bs:
  px += b.vx * b.m
  py += b.vy * b.m
echo int(px * 1000), " ", int(py * 1000), " ", int(bs[1].x * 1000), " ", int(bs[2].y * 1000)
