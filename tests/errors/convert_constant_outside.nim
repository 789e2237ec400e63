discard """
  errormsg: "300 can't be converted to uint8"
  line: 7
"""
# A constant that the type does not have is no value of it, also where the type wraps around at run time.
var x = 300
discard uint8(x) + uint8(300)
