discard """
  errormsg: "expression 'v()' has no type (or is ambiguous)"
  line: 6
"""
proc v() = discard
echo v()[0]
