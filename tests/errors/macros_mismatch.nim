discard """
  errormsg: "type mismatch: got <string>"
  line: 7
"""
import macros
macro m(x: int): untyped = x
m("s")
