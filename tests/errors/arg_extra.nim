discard """
  errormsg: "type mismatch: got <int literal(1), int literal(2)>"
  line: 6
"""
proc f(a: int) = discard
f(1, 2)
