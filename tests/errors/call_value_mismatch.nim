discard """
  errormsg: "type mismatch: got <string>"
  line: 6
"""
let f = proc (x: int) = echo x
f("a")
