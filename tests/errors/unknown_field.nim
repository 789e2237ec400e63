discard """
  errormsg: "undeclared field: 'z'"
  line: 8
"""
type P = object
  x, y: int
var p: P
echo p.z
