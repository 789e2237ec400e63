discard """
  output: '''
........
..#.....
...#....
.###....
........
........
'''
"""
# Conway's life: a glider on a torus.
const w = 8
const h = 6
type World = array[h, array[w, bool]]
proc neighbours(g: World, x, y: int): int =
  for dy in -1..1:
    for dx in -1..1:
      if (dx != 0 or dy != 0) and g[(y + dy + h) mod h][(x + dx + w) mod w]: inc result
proc step(g: World): World =
  for y in 0 ..< h:
    for x in 0 ..< w:
      let n = neighbours(g, x, y)
      result[y][x] = n == 3 or (g[y][x] and n == 2)
proc show(g: World) =
  for row in g:
    var line = ""
    for c in row: line.add(if c: '#' else: '.')
    echo line
var g: World
for p in [(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)]: g[p[1]][p[0]] = true
for _ in 1..4: g = step(g)
show(g)
