discard """
  errormsg: "only a 'ref object' can be raised"
  line: 7
"""
try:
  discard
except int:
  discard
