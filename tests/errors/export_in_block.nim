discard """
  errormsg: "'export' is only allowed at top level"
  line: 6
"""
block:
  proc p*() = discard
