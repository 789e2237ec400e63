discard """
  errormsg: "invalid index value for tuple subscript"
  line: 6
"""
var t = (1, 2)
echo t[2]
