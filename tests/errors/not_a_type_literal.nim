discard """
  errormsg: "type expected, but got: 3"
  line: 5
"""
var x: seq[int] or 3
