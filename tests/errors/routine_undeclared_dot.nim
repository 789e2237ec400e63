discard """
  errormsg: "attempting to call undeclared routine: 'foo'"
  line: 6
"""
var s = "a"
s.foo()
