discard """
  errormsg: "duplicate case label"
  line: 8
"""
var i = 3
case i
of 1..3: echo "x"
of 2: echo "y"
else: discard
