discard """
  errormsg: "'f()' cannot be assigned to"
  line: 6
"""
proc f(): int = 1
f() = 5
