discard """
  errormsg: "cannot instantiate Box"
  line: 7
"""
type Box[T: SomeNumber] = object
  v: T
var b: Box[string]
