discard """
  errormsg: "expression '4' is of type 'int literal(4)' and has to be used (or discarded)"
  line: 9
"""
# Where one end has no value, the others have to be discarded, whatever is wanted.
proc f(x: int): int =
  if x > 1:
    echo x
  else: 4
echo f(1)
