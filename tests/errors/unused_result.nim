discard """
  errormsg: "expression 'f()' is of type 'int' and has to be used (or discarded)"
  line: 6
"""
proc f(): int = 1
f()
