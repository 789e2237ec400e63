discard """
  errormsg: "expression '5' is of type 'int literal(5)' and has to be used (or discarded)"
  line: 7
"""
discard
discard 5
5
