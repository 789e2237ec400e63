discard """
  errormsg: "illformed AST: nnkProcDef: too few children"
  disabled: "nim"
  line: 9
"""
# The real Nim crashes.
import macros
macro m(x: untyped): untyped = newTree(nnkProcDef, ident"x")
m(1)
