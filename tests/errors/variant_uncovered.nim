discard """
  errormsg: "not all cases are covered; missing: {c}"
  line: 9
"""
# The case section of an object covers its discriminator's type.
type
  Kind = enum a, b, c
  O = object
    case k: Kind
    of a: x: int
    of b: s: string
