discard """
  errormsg: "type mismatch: got <a: int literal(1)>"
  line: 6
"""
proc f(a, b: int) = discard
f(a = 1)
