discard """
  errormsg: "invalid type: 'static[int]' for var"
  line: 5
"""
var x: static int
