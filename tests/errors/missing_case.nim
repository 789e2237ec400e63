discard """
  errormsg: "not all cases are covered; missing: {blue}"
  line: 8
"""
type Color = enum red, green, blue
let c = red
proc f() =
  case c
  of red: echo "r"
  of green: echo "g"
f()
