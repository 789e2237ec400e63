discard """
  errormsg: "'return' not allowed here"
  line: 6
"""
iterator it(): int =
  return 5
