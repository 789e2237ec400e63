discard """
  errormsg: "type mismatch: got <int literal(1), int literal(2)>"
  line: 5
"""
echo compiles(1, 2)
