discard """
  errormsg: "node lacks field: strVal"
  line: 7
"""
import macros
macro m(x: untyped): untyped =
  newLit(x.strVal)
m(1)
