## Sudoku by backtracking, with the digits that are left for a cell as sets.
import std/[times]

type
  Digit = range[1 .. 9]
  Grid = array[81, int]
  Solver = object
    rows, columns, boxes: array[9, set[Digit]]
    grid: Grid
    guesses: int

proc box(cell: int): int = cell div 27 * 3 + cell mod 9 div 3

proc put(s: var Solver, cell, digit: int) =
  s.grid[cell] = digit
  s.rows[cell div 9].incl digit
  s.columns[cell mod 9].incl digit
  s.boxes[box(cell)].incl digit

proc take(s: var Solver, cell: int) =
  let digit = s.grid[cell]
  s.grid[cell] = 0
  s.rows[cell div 9].excl digit
  s.columns[cell mod 9].excl digit
  s.boxes[box(cell)].excl digit

proc possible(s: Solver, cell: int): set[Digit] =
  {Digit(1) .. Digit(9)} - s.rows[cell div 9] - s.columns[cell mod 9] - s.boxes[box(cell)]

proc solve(s: var Solver): bool =
  var best = -1
  var bestSet: set[Digit]
  var fewest = 10
  for cell in 0 ..< 81:
    if s.grid[cell] == 0:
      let left = s.possible(cell)
      if left.card < fewest:
        fewest = left.card
        best = cell
        bestSet = left
        if fewest < 2: break
  if best < 0: return true
  for digit in bestSet:
    inc s.guesses
    s.put(best, digit)
    if s.solve(): return true
    s.take(best)

proc parse(text: string): Solver =
  for i, c in text:
    if c in {'1' .. '9'}: result.put(i, ord(c) - ord('0'))

const puzzles = [
  "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4..",
  "1....7.9..3..2...8..96..5....53..9...1..8...26....4...3......1..4......7..7...3..",
  "..............3.85..1.2.......5.7.....4...1...9.......5......73..2.1........4...9"]

let start = cpuTime()
var guesses = 0
for round in 1 .. 2:
  for puzzle in puzzles:
    var solver = parse(puzzle)
    doAssert solver.solve()
    for i in 0 ..< 9: doAssert solver.rows[i].card == 9
    guesses += solver.guesses
echo "time ", int((cpuTime() - start) * 1e9)
doAssert guesses == 144_524
echo guesses
