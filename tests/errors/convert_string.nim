discard """
  errormsg: "type mismatch: got 'string' for '\"3\"' but expected 'int'"
  line: 5
"""
echo int("3")
