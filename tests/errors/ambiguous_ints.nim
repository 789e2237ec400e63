discard """
  errormsg: "ambiguous call; both"
  line: 7
"""
proc f(a: int8) = discard
proc f(a: int16) = discard
f(1)
