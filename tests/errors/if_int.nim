discard """
  errormsg: "type mismatch: got 'int literal(1)' for '1' but expected 'bool'"
  line: 5
"""
if 1:
  echo "x"
