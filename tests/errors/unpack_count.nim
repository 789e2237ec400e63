discard """
  errormsg: "wrong number of variables"
  line: 5
"""
let (a, b) = (1, 2, 3)
