discard """
  errormsg: "attempting to call undeclared routine: 'foo'"
  line: 6
"""
var x = 5
x.foo()
