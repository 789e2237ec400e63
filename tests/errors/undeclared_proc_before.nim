discard """
  errormsg: "undeclared identifier: 'later'"
  line: 6
"""
proc early() =
  later()
proc later() = discard
early()
