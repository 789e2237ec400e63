discard """
  errormsg: "invalid type: 'openArray[int]' for var"
  line: 5
"""
var x: openArray[int]
