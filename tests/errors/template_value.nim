discard """
  errormsg: "expression '9' is of type 'int literal(9)' and has to be used (or discarded)"
  line: 6
"""
template square(x: int) = x * x
echo square(3)
