discard """
  errormsg: "invalid pragma: foo"
  line: 6
"""
type A = object
  x {.foo.}: int
echo A()
