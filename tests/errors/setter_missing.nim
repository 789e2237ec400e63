discard """
  errormsg: "undeclared field: 'width' for type setter_missing.Box"
  line: 10
"""
# A proc that gives a place is called for it: `width(b) = 1`.
type Box = object
  w: int
proc width(b: var Box): var int = b.w
var b: Box
b.width = 1
