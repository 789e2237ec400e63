## Conway's game on a torus: neighbours by two loops of three rounds.
import std/[times]

const size = 128
type Grid = array[size, array[size, bool]]

proc step(grid: Grid): Grid =
  for y in 0 ..< size:
    for x in 0 ..< size:
      var near = 0
      for dy in -1 .. 1:
        for dx in -1 .. 1:
          if (dx != 0 or dy != 0) and grid[(y + dy + size) mod size][(x + dx + size) mod size]:
            inc near
      result[y][x] = near == 3 or (near == 2 and grid[y][x])

proc alive(grid: Grid): int =
  for row in grid:
    for cell in row: result += ord(cell)

let start = cpuTime()
var grid: Grid
# A glider lives for ever.
for (y, x) in [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)]: grid[y][x] = true
for round in 1 .. 600: grid = step(grid)
doAssert alive(grid) == 5
echo "time ", int((cpuTime() - start) * 1e9)
echo alive(grid)
