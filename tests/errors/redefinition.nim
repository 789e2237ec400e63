discard """
  errormsg: "redefinition of 'x'"
  line: 6
"""
var x = 1
var x = 2
