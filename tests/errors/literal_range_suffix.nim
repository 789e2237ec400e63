discard """
  errormsg: "number out of range: '300'i8'"
  line: 5
"""
let x = 300'i8
