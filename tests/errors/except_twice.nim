discard """
  errormsg: "exception already handled"
  line: 9
"""
try:
  discard
except ValueError:
  discard
except ValueError:
  discard
