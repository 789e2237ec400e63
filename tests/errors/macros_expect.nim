discard """
  errormsg: "Expected a node of kind nnkCall, got nnkIntLit"
  line: 8
"""
import macros
macro m(x: untyped): untyped =
  x.expectKind nnkCall
m 5
