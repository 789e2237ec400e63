discard """
  errormsg: "expression '5' is of type 'int literal(5)' and has to be used (or discarded)"
  line: 6
"""
proc f(): int =
  5
  6
