discard """
  errormsg: "'method' needs a parameter that has an object type"
  line: 5
"""
method foo(x: int) = discard
