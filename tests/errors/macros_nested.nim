discard """
  errormsg: "macro 'm' nests too deeply"
  disabled: "nim"
  line: 9
"""
# The real Nim has another message.
import macros
macro m(x: untyped): untyped = newCall("m", x)
m(1)
