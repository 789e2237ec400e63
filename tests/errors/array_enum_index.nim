discard """
  errormsg: "type mismatch: got <array[E, int], int literal(0)>"
  line: 7
"""
type E = enum a, b
var x: array[E, int]
echo x[0]
