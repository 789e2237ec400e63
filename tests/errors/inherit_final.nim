discard """
  errormsg: "inheritance only works with non-final objects; for A to be inheritable it must be 'object of RootObj' instead of 'object'"
  line: 6
"""
type A = object
type B = object of A
