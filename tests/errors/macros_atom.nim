discard """
  errormsg: "cannot add to node kind: nnkIdent"
  line: 8
"""
import macros
macro m(x: untyped): untyped =
  result = ident"x"
  result.add newLit(1)
m(1)
