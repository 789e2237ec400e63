discard """
  errormsg: "type mismatch: got <float64, int literal(1)>"
  line: 6
"""
proc f(x: int; y: string) = discard
f(1.5, 1)
