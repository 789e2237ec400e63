discard """
  errormsg: "illformed AST"
  line: 7
"""
import macros
macro m(x: untyped): untyped = newTree(nnkCaseStmt, newLit(1), newLit(2))
m(1)
