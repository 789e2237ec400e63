discard """
  errormsg: "unhandled exception: oops [ValueError]"
  line: 7
"""
import macros
macro m(x: untyped): untyped =
  raise newException(ValueError, "oops")
m 5
