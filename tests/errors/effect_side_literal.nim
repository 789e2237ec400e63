discard """
  errormsg: "'f' can have side effects"
  line: 5
"""
func f(x: int): int =
  echo x
  x
