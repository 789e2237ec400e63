discard """
  errormsg: "runtime discriminator must be immutable if branch fields are initialized, a 'let' binding is required."
  line: 15
"""
# A variable may have another value by then.
type
  Kind = enum a, b
  O = object
    case k: Kind
    of a: x: int
    of b: s: string
proc make(start: Kind): O =
  var k = start
  case k
  of a: result = O(k: k, x: 1)
  of b: discard
discard make(a)
