discard """
  errormsg: "not supported yet: 'm' as the pragma of a variable"
  disabled: "nim"
  line: 9
"""
# Nim 2 gives the macro the whole section.
import macros
macro m(x: untyped): untyped = x
let x {.m.} = 1
