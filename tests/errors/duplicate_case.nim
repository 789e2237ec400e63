discard """
  errormsg: "duplicate case label"
  line: 8
"""
let n = 1
case n
of 1: echo "one"
of 1: echo "again"
else: discard
