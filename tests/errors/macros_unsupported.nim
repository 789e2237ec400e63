discard """
  errormsg: "not supported yet: 'isInstantiationOf'"
  disabled: "nim"
  line: 7
"""
import macros
macro m(a, b: typed): untyped = newLit(a.isInstantiationOf(b))
