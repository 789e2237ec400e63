discard """
  errormsg: "type mismatch: got 'string' for '\"a\"' but expected 'int'"
  line: 7
"""
proc first(x: int): auto =
  if x > 1: return x
  return "a"
echo first(1)
