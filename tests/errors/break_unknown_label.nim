discard """
  errormsg: "undeclared identifier: 'bar'"
  line: 6
"""
block foo:
  break bar
