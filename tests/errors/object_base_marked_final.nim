discard """
  errormsg: "inheritance only works with non-final objects; for A to be inheritable it must be 'object of RootObj' instead of 'object'"
  line: 7
"""
type
  A {.final.} = object of RootObj
  B = object of A
echo B()
