discard """
  errormsg: "ordinal type expected; given: float"
  line: 5
"""
type Level = enum low = "x", high = 1.5
