discard """
  errormsg: "type mismatch: got 'string' for '\"x\"' but expected 'int'"
  line: 7
"""
type T = object
  a: int
var t = T(a: "x")
