discard """
  errormsg: "number out of range"
  line: 5
"""
let x: int8 = 300'i8
echo x
