discard """
  errormsg: "undeclared identifier: 'E'"
  line: 7
"""
type
  O = object
    case k: E
    of a: x: int
    of b: y: int
  E = enum a, b
