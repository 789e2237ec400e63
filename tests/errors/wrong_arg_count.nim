discard """
  errormsg: "type mismatch: got <int literal(1)>"
  line: 6
"""
proc f(a, b: int): int = a + b
echo f(1)
