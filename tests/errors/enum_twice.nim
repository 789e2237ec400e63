discard """
  errormsg: "redefinition of 'a'"
  line: 5
"""
type E = enum a, b, a
