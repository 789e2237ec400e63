discard """
  errormsg: "'return' not allowed here"
  line: 6
"""
iterator count(): int =
  return
