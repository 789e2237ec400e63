discard """
  output: '''
btruefalse
6 1
2y
g
2.5
'''
"""
# Keys of one's own type, refs to tables, and tables in tables.
import std/[tables, hashes]
type
  P = object
    x, y: int
  Color = enum red, green
proc hash(p: P): Hash = !$(hash(p.x) !& hash(p.y))
var grid: Table[P, char]
grid[P(x: 1, y: 2)] = 'a'
grid[P(x: 2, y: 1)] = 'b'
echo grid[P(x: 2, y: 1)], P(x: 1, y: 2) in grid, P(x: 9) in grid
let shared = newTable[string, int]()
let also = shared
also["k"] = 5
shared["k"] += 1
echo also["k"], " ", shared.len
var nested: Table[string, Table[int, string]]
nested["a"] = {1: "x"}.toTable
nested["a"][2] = "y"
echo nested["a"].len, nested["a"][2]
let colors = {red: "r", green: "g"}.toTable
echo colors[green]
var byTuple: Table[(int, string), float]
byTuple[(1, "a")] = 2.5
echo byTuple[(1, "a")]
