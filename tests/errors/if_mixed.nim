discard """
  errormsg: "type mismatch: got 'string' for '\"a\"' but expected 'int"
  line: 5
"""
var x = if true: 1 else: "a"
