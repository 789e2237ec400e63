discard """
  errormsg: "expression '1' is of type 'int literal(1)' and has to be used (or discarded)"
  line: 5
"""
var x = if true: 1
