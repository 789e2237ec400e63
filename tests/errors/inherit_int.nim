discard """
  errormsg: "inheritance only works with non-final objects; for int to be inheritable it must be 'object of RootObj' instead of 'object'"
  line: 5
"""
type T = object of int
