discard """
  errormsg: "bad thing"
  line: 8
"""
# `error` is reported where the node stands.
import macros
macro m(x: untyped): untyped = error("bad thing", x[0])
m(f 2)
