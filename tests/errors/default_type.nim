discard """
  errormsg: "type mismatch: got 'string' for '\"x\"' but expected 'int'"
  line: 5
"""
proc f(a: int = "x") = discard
