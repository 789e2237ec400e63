## Ways to put ten queens on a board where none attacks another.
import std/[times]

const size = 10

type Board = object
  column: array[size, int]

proc isFree(board: Board, row, column: int): bool =
  for earlier in 0 ..< row:
    let at = board.column[earlier]
    if at == column or abs(at - column) == row - earlier: return false
  true

proc solve(board: var Board, row: int): int =
  if row == size: return 1
  for column in 0 ..< size:
    if board.isFree(row, column):
      board.column[row] = column
      result += solve(board, row + 1)

let start = cpuTime()
var board: Board
var found = 0
for round in 1 .. 6: found += solve(board, 0)
doAssert found == 6 * 724
echo "time ", int((cpuTime() - start) * 1e9)
echo found
