discard """
  errormsg: "illegal recursion in type 'A'"
  line: 5
"""
type A = object
  b: A
