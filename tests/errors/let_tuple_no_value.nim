discard """
  errormsg: "expected: '=', but got: '[EOF]'"
  line: 6
"""
let (a, b)
