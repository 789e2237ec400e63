discard """
  errormsg: "'n' cannot be assigned to"
  line: 6
"""
proc f(n: int) =
  n = 2
f(1)
