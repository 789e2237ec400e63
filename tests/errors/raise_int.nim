discard """
  errormsg: "only a 'ref object' can be raised"
  line: 5
"""
raise 5
