discard """
  errormsg: "ordinal type expected"
  line: 6
"""
type E = enum a = 1, b = 4
var x: array[E, int]
