discard """
  errormsg: "expression 'x' is of type 'int' and has to be used (or discarded)"
  line: 6
"""
proc f(x: int) =
  x
f(1)
