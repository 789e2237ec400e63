discard """
  errormsg: "type mismatch: got <int, string>"
  line: 9
"""
# A class with a name is one type for all parameters.
type Either = int | string
proc f(a, b: Either) = discard
let (x, y) = (1, "a")
f(x, y)
