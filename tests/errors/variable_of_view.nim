discard """
  errormsg: "invalid type: 'var int' for var"
  line: 5
"""
var v: var int
