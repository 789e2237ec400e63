discard """
  errormsg: "not all cases are covered; missing: {c}"
  line: 7
"""
type E = enum a, b, c
var e = a
case e
of a: echo 1
of b: echo 2
