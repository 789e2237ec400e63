discard """
  errormsg: "recursive dependency: 'm'"
  line: 6
"""
import macros
macro m(x: untyped): untyped = m(x)
echo m(1)
