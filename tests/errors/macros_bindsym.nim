discard """
  errormsg: "undeclared identifier: 'nonexisting'"
  line: 7
"""
import macros
macro m(x: untyped): untyped =
  bindSym"nonexisting"
m(1)
