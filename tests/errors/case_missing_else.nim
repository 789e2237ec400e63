discard """
  errormsg: "not all cases are covered"
  line: 5
"""
case 5
of 1: echo "x"
