discard """
  errormsg: "expression 'f(1)' is of type 'int' and has to be used (or discarded)"
  line: 6
"""
proc f(a: int): int = a
f(1)
