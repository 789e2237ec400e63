discard """
  errormsg: "interpretation requires too many iterations"
  line: 7
"""
import macros
macro m(x: untyped): untyped =
  while true: discard
m 5
