discard """
  errormsg: "index 5 not in 0 .. 2"
  line: 6
"""
var a = [1, 2, 3]
echo a[5]
