discard """
  errormsg: "invalid type: 'var openArray[int]' in this context: 'proc (x: var seq[int]): var openArray[int]"
  line: 6
"""
# A generic one is refused when it is used.
proc all[T](x: var seq[T]): var openArray[T] = x
var s = @[1]
discard all(s)
