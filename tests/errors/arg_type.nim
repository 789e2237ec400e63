discard """
  errormsg: "type mismatch: got <string>"
  line: 6
"""
proc f(a: int) = discard
f("x")
