discard """
  errormsg: "'export' is only allowed at top level"
  line: 7
"""
proc outer* =
  discard
  proc inner*(x: int) = discard
