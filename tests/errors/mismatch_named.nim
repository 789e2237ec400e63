discard """
  errormsg: "type mismatch: got <int literal(1), x: int literal(2)>"
  line: 6
"""
proc f(x: int) = discard
f(1, x = 2)
