discard """
  errormsg: "expression 'f()' has no type (or is ambiguous)"
  line: 6
"""
proc f() = discard
discard f()
