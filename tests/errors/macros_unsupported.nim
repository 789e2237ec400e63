discard """
  errormsg: "not supported yet: 'expandMacros'"
  disabled: "nim"
  line: 9
"""
# The real Nim prints what macros make.
import macros
expandMacros:
  echo 1
