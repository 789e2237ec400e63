discard """
  errormsg: "cannot be initialized together, because they are from conflicting branches in the case object."
  line: 12
"""
# One value has the fields of one branch.
type
  Kind = enum a, b
  O = object
    case k: Kind
    of a: x: int
    of b: s: string
let o = O(k: a, x: 1, s: "s")
