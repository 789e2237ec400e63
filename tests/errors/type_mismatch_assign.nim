discard """
  errormsg: "type mismatch: got 'string' for '\"text\"' but expected 'int'"
  line: 7
"""
var x: int
x = 1
x = "text"
