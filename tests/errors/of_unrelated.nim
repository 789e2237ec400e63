discard """
  errormsg: "'A:ObjectType' cannot be of this subtype"
  line: 9
"""
type
  A = ref object of RootObj
  B = ref object of RootObj
discard A() is B
discard A() of B
