discard """
  errormsg: "not supported yet: macros for 'case' statements"
  disabled: "nim"
  line: 8
"""
# The real Nim has such macros.
import macros
macro `case`(n: untyped): untyped = n
