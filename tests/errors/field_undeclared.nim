discard """
  errormsg: "undeclared field: 'b' for type"
  line: 8
"""
type T = object
  a: int
var t: T
echo t.b
