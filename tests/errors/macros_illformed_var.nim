discard """
  errormsg: "illformed AST: nnkVarSection: nnkIdentDefs was expected"
  disabled: "nim"
  line: 9
"""
# The real Nim crashes.
import macros
macro m(x: untyped): untyped = newTree(nnkVarSection, newLit(1))
m(1)
