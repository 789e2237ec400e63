discard """
  errormsg: "ambiguous call; both"
  line: 7
"""
proc f(a: int, b: float) = discard
proc f(a: float, b: int) = discard
f(1, 1)
