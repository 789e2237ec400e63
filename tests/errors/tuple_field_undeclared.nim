discard """
  errormsg: "undeclared field: 'c'"
  line: 6
"""
var t = (a: 1, b: 2)
echo t.c
