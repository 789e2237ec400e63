discard """
  errormsg: "redefinition of 'T'"
  line: 5
"""
proc first[T, T](a: T): T = a
