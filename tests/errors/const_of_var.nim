discard """
  errormsg: "cannot evaluate at compile time: x"
  line: 6
"""
var x = 1
const c = x
