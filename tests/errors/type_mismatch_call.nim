discard """
  errormsg: "type mismatch: got <string>"
  line: 6
"""
proc f(x: int) = discard x
f("text")
