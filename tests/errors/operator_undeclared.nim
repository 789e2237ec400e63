discard """
  errormsg: "undeclared identifier: '++'"
  line: 6
"""
var i = 1
++i
