discard """
  errormsg: "expression 'f(1)' has no type (or is ambiguous)"
  line: 6
"""
proc f(x: int) = discard
let y = f(1)
