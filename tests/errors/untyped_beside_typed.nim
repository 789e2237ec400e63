discard """
  errormsg: "undeclared identifier: 'undeclared'"
  line: 7
"""
template t(a: untyped) = discard
template t(a: int) = discard
t(undeclared)
