discard """
  errormsg: "type mismatch: got <int>"
  line: 7
"""
proc bump(x: var int) = inc x
let y = 1
bump(y + 1)
