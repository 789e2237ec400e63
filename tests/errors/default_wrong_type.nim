discard """
  errormsg: "type mismatch: got 'string' for '"a"' but expected 'int'"
  line: 5
"""
proc f(x: int = "a") = discard
