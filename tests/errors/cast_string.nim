discard """
  errormsg: "expression cannot be cast to"
  line: 6
"""
var text = "abc"
echo cast[int](text)
