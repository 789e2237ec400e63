discard """
  output: '''

proc take(x: object; y: ref; z: enum; t: tuple; p: proc; d: distinct; q: ptr): int =
  3

nnkObjectTy0
nnkRefTy0
nnkEnumTy0
nnkTupleClassTy0
nnkProcTy0
nnkDistinctTy0
nnkPtrTy0
3
'''
"""
# Classes of types are nodes without children.
import std/macros
macro show(body: untyped): untyped =
  result = newStmtList(body, newCall("echo", newLit(body.repr)))
  for def in body[0].params[1 .. ^1]:
    result.add newCall("echo", newLit($def[1].kind), newLit(def[1].len))
show:
  proc take(x: object; y: ref; z: enum; t: tuple; p: proc; d: distinct; q: ptr): int = 3
type
  O = object
  E = enum a
  D = distinct int
proc f() = discard
echo take(O(), (ref int)(nil), a, (1, 2), f, D(1), (ptr int)(nil))
