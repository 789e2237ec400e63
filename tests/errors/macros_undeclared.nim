discard """
  errormsg: "undeclared identifier: 'undefinedThing'"
  disabled: "nim"
  line: 9
"""
# The real Nim says where `newCall` made the name, too.
import macros
macro m(x: untyped): untyped = newCall("undefinedThing", x)
m(1)
