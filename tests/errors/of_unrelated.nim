discard """
  errormsg: "cannot be of this subtype"
  line: 13
"""
type
  A = ref object of RootObj
  B = ref object of RootObj
  Other {.inheritable.} = object
  C = ref object of Other
# Never true, and allowed as long as both have a base in common.
proc isB(a: A): bool = a of B
discard isB(A())
discard A() of C
