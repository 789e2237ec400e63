discard """
  errormsg: "cannot instantiate G"
  line: 6
"""
type G[T] = object
var x: G[int, int]
