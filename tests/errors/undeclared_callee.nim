discard """
  errormsg: "undeclared identifier: 'first'"
  line: 5
"""
first second
