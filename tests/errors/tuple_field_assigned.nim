discard """
  errormsg: "attempting to call undeclared routine: 'c='"
  line: 6
"""
var pair = (a: 1, b: 2)
pair.c = 5
