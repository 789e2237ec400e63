discard """
  disabled: "nim"
  output: '''
field of nil
nil dereferenced
nil pointer
still running
'''
"""
# The real Nim ends with a signal here. An access through nil raises NilAccessDefect instead, so handlers and `finally`
# run and a program under reload survives it.
type Node = ref object
  value: int
var n: Node
try:
  echo n.value
except NilAccessDefect:
  echo "field of nil"
var r: ref int
try:
  r[] = 5
except NilAccessDefect:
  echo "nil dereferenced"
var p: ptr int
try:
  echo p[]
except NilAccessDefect:
  echo "nil pointer"
echo "still running"
