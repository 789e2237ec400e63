discard """
  errormsg: "type mismatch: got"
  line: 9
"""
# It uses a global with a value on the heap.
var g: seq[int]
proc h() = g.add 1
proc call(p: proc () {.gcsafe.}) = p()
call(h)
