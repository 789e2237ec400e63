discard """
  errormsg: "no node"
  line: 7
"""
import macros
macro m(x: untyped): untyped =
  error("no node")
m(1)
