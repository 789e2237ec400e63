discard """
  errormsg: "number out of range: '99999999999999999999'"
  line: 5
"""
let x = 99999999999999999999
