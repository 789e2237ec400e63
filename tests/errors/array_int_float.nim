discard """
  errormsg: "type mismatch: got 'float64' for '2.5' but expected 'int literal(1)'"
  line: 5
"""
echo @[1, 2.5]
