discard """
  errormsg: "256 can't be converted to char"
  line: 6
"""
# A constant that a type does not have.
discard char(256)
