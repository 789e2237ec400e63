discard """
  errormsg: "invalid type: 'auto' for var"
  line: 5
"""
var x: auto
