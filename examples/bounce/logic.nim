# What the game looks like and how it moves. Change something here, save, and press `r` in the game.
import std/hotcodereloading

const
  ball = 'o'
  wall = '#'
  floor = ' '
  trail = '.'
  tailLength = 6
  title = "bounce"

# These keep their values when this file is loaded again.
var
  width = 40
  height = 12
  x, y = 1
  dx, dy = 1
  ticks = 0
  reloads = 0
  tail: seq[(int, int)]

afterCodeReload:
  reloads += 1

proc update*() =
  ## One step: move, and turn round at the walls.
  tail.add((x, y))
  while tail.len > tailLength: tail.delete(0)
  if x + dx < 0 or x + dx >= width: dx = -dx
  if y + dy < 0 or y + dy >= height: dy = -dy
  x += dx
  y += dy
  inc ticks

proc cell(col, row: int): char =
  if col == x and row == y: return ball
  if (col, row) in tail: return trail
  floor

proc frame*(): seq[string] =
  ## The picture, a line a row.
  var edge = ""
  for i in 0 ..< width + 2: edge.add(wall)
  result.add(edge)
  for row in 0 ..< height:
    var line = "" & wall
    for col in 0 ..< width: line.add(cell(col, row))
    line.add(wall)
    result.add(line)
  result.add(edge)

proc status*(): string =
  ## A line for below the picture.
  title & "  tick " & $ticks & "  reloads " & $reloads

proc describe*(): string =
  ## The picture in one line, for where there is no terminal.
  "tick " & $ticks & ": " & ball & " at " & $x & ", " & $y
