discard """
  errormsg: "index 5 not in 0 .. 2"
  line: 7
"""
import macros
macro m(x: untyped): untyped =
  result = x[5]
m(a + b)
