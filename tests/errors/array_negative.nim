discard """
  errormsg: "Array length can't be negative, but was -1"
  line: 5
"""
var x: array[-1, int]
