discard """
  errormsg: "'m' is a macro and cannot be used as a value"
  line: 9
  disabled: "nim"
"""
# The real Nim has another message.
import macros
macro m(x: untyped): untyped = x
let f = m
