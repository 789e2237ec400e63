discard """
  errormsg: "type mismatch: got <int, float"
  line: 6
"""
var i = 1
i = i + 1.5
