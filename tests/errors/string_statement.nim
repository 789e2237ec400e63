discard """
  errormsg: "expression '\"string\"' is of type 'string' and has to be used (or discarded)"
  line: 5
"""
"string"
