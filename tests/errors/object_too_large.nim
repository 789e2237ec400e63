discard """
  errormsg: "not supported yet: a local of 18446744073709551615 bytes"
  line: 12
  disabled: "nim"
"""
# The real Nim leaves it to the C compiler.
type
  Huge = object
    items: array[4611686018427387904, int]
    after: int32
proc f() =
  var huge: Huge
f()
