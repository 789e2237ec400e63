discard """
  errormsg: "undeclared identifier: 'Foo'"
  line: 5
"""
proc f(x: Foo) = discard
