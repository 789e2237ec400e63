discard """
  output: '''
3
a3
1
2
@["3", "\"s\"", "\'c\'"]10
'''
"""
# Nodes in tables, sequences, objects and closures of compile time.
import std/[macros, tables]
var tab {.compileTime.}: Table[string, NimNode]
macro store(name: static string, n: untyped): untyped =
  tab[name] = n
  newEmptyNode()
macro load(name: static string): untyped = tab[name]
store("a", 1 + 2)
echo load("a")
macro all(): untyped =
  result = newStmtList()
  for k, v in tab: result.add newCall("echo", newLit(k), v)
all()
proc usesNodes(s: seq[NimNode]): seq[NimNode] =
  for n in s: result.add newCall("echo", n)
macro e2(a: varargs[untyped]): untyped =
  var s: seq[NimNode]
  for x in a: s.add x
  newStmtList(usesNodes(s))
e2(1, 2)
type Visitor = object
  names: seq[string]
  handler: proc (n: NimNode): bool
proc visit(v: var Visitor, n: NimNode) =
  if v.handler(n): v.names.add n.repr
  for k in n: v.visit(k)
macro lits(x: untyped): untyped =
  var count = 0
  var v = Visitor(handler: proc (n: NimNode): bool =
    inc count
    n.kind in nnkLiterals)
  v.visit(x)
  newLit($v.names & $count)
echo lits(a + 3 * foo("s", 'c'))
