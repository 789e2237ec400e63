discard """
  disabled: "nim"
  output: '''
declared4
5
declared2
3
42
1208
'''
"""
# Macros as pragmas of variables and constants get a section with one definition. Nim 1.6 has no such pragmas; the manual's
# "Macro pragmas" decides.
import std/macros
macro twice(n: static int, def: untyped): untyped =
  result = newStmtList(def)
  result.add newCall("echo", newLit("declared"), newLit(n))
let y {.twice: 4.}: int = 5
echo y
proc f() =
  let q {.twice(2).} = 3
  echo q
f()
macro dbl(def: untyped): untyped =
  expectKind def, {nnkLetSection, nnkVarSection, nnkConstSection}
  def[0][2] = infix(def[0][2], "*", newLit(2))
  def
let e {.dbl.} = 21
echo e
var
  first = 1
  second {.dbl, used.} = 10
const third {.dbl.} = 4
echo first, second, third
