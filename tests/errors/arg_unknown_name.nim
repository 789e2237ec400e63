discard """
  errormsg: "type mismatch: got <a: int literal(1), c: int literal(2)>"
  line: 6
"""
proc f(a, b: int) = discard
f(a = 1, c = 2)
