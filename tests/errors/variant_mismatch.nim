discard """
  errormsg: "a case selecting discriminator 'k' with value 'a' appears in the object construction, but the field(s) 's' are in conflict with this value."
  line: 12
"""
# The discriminator says which fields there are.
type
  Kind = enum a, b
  O = object
    case k: Kind
    of a: x: int
    of b: s: string
let o = O(k: a, s: "s")
