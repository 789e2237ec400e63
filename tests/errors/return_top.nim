discard """
  errormsg: "'return' not allowed here"
  line: 5
"""
return 5
