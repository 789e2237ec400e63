discard """
  errormsg: "ordinal or float type expected"
  line: 6
"""
type E = enum a = 1, b = 4
type R = range[a..b]
