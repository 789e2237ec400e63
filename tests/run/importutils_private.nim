discard """
  output: '''
1
true
false
10 8 2
true
'''
"""
# Private fields of a type that is named, and of no other.
import std/[importutils, tables, strutils]
privateAccess(Table[int, int])
var t = {1: 2}.toTable
echo t.counter
proc inside(): bool =
  var d = initTable[string, int]()
  privateAccess(typeof(d))
  d["x"] = 1
  d.counter == 1
echo inside()
echo compiles(initCountTable[string]().counter)
echo CompileDate.len, " ", CompileTime.len, " ", CompileTime.count(':')
const day = CompileDate
echo day == CompileDate
