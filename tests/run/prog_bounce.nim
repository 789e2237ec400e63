discard """
  output: '''
....................
.......o............
....................
....................
....................
....................
7 1
'''
"""
# The example's logic: a ball in a box, state in globals.
const
  width = 20
  height = 6
var
  x, y = 1
  dx, dy = 1
proc update() =
  x += dx
  y += dy
  if x <= 0 or x >= width - 1: dx = -dx
  if y <= 0 or y >= height - 1: dy = -dy
proc render(): string =
  for row in 0 ..< height:
    for col in 0 ..< width:
      result.add(if row == y and col == x: 'o' else: '.')
    result.add('\n')
for _ in 1..30: update()
stdout.write render()
echo x, " ", y
