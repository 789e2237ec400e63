discard """
  errormsg: "attempting to call undeclared routine: 'b='"
  line: 6
"""
var t = (a: 1)
t.b = 3
