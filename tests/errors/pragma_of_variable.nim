discard """
  errormsg: "invalid pragma: foo"
  line: 5
"""
var x {.foo.}: int
echo x
