discard """
  errormsg: "attempting to call undeclared routine: 'b='"
  line: 6
"""
var s = @[1]
s.b = 3
