discard """
  errormsg: "5 can't be converted to E"
  line: 6
"""
type E = enum a, b
echo E(5)
