discard """
  errormsg: "implementation of 'forward_missing.f()' expected"
  line: 5
"""
proc f(): int
echo f()
