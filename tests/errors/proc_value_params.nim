discard """
  errormsg: "type mismatch: got 'proc ("
  line: 6
"""
var f: proc (x: int)
f = proc (x: string) = discard
