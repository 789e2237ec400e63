discard """
  errormsg: "type mismatch: got <int literal(5)>"
  line: 6
"""
proc f(x: var int) = inc x
f(5)
