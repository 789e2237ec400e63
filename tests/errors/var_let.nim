discard """
  errormsg: "type mismatch: got <int>"
  line: 7
"""
proc f(x: var int) = inc x
let y = 5
f(y)
