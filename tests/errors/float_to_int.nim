discard """
  errormsg: "type mismatch: got 'float"
  line: 6
"""
var f = 1.5
var i: int = f
