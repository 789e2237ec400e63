discard """
  output: '''
body
deferred
open a
opened a
open b
opened b
work
close b
macro
close a
3
end of 0
in 1
end of 1
open x
opened x
close x
e
'''
"""
# What a template or macro defers runs at the end of the scope that it is used in.
import std/macros
template later(b: untyped) =
  defer: b
template around(name: string) =
  echo "open ", name
  defer: echo "close ", name
  echo "opened ", name
macro laterToo(b: untyped): untyped =
  newStmtList(newTree(nnkDefer, newStmtList(b)))
proc one() =
  later: echo "deferred"
  echo "body"
one()
proc two(): int =
  around "a"
  laterToo: echo "macro"
  around "b"
  echo "work"
  3
echo two()
proc three() =
  for i in 0 .. 1:
    later: echo "end of ", i
    if i == 0: continue
    echo "in ", i
three()
proc four() =
  around "x"
  raise newException(ValueError, "e")
try: four()
except ValueError as e: echo e.msg
