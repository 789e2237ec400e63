discard """
  errormsg: "illformed AST: nnkIfStmt: too few children"
  disabled: "nim"
  line: 9
"""
# The real Nim crashes.
import macros
macro m(x: untyped): untyped = newTree(nnkIfStmt)
m(1)
