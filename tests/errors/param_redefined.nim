discard """
  errormsg: "attempt to redefine: 'x'"
  line: 5
"""
proc f(x: int, x: int) = discard
