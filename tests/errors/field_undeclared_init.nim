discard """
  errormsg: "undeclared field: 'b' for type"
  line: 7
"""
type T = object
  a: int
var t = T(b: 1)
