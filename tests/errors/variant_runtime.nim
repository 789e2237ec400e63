discard """
  errormsg: "cannot prove that it's safe to initialize 's' with the runtime value for the discriminator 'k'"
  line: 20
"""
# Only a constant, or a case statement around, tells which branch is selected.
type
  Kind = enum a, b, c
  O = object
    case k: Kind
    of a: x: int
    of b: s: string
    else: discard
proc make(k: Kind): O =
  case k
  of a: result = O(k: k, x: 1)
  of b: result = O(k: k, s: "known")
  else: result = O(k: k)
var k = b
discard make(k)
let o = O(k: k, s: "runtime")
