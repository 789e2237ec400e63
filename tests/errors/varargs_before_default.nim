discard """
  errormsg: "type mismatch: got <int literal(1), int literal(2)>"
  line: 7
"""
# The last argument is that of the last parameter.
proc p(a: varargs[int], b = "x") = echo a.len, b
p(1, 2)
