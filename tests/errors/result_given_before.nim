discard """
  errormsg: "expression '4' is of type 'int literal(4)' and has to be used (or discarded)"
  line: 8
"""
# The result is given by then.
proc f(x: int): int =
  if x > 2: result = 3
  4
echo f(1)
