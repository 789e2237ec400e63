discard """
  errormsg: "signature for '=copy' must be proc[T: object](x: var T; y: T)"
  line: 7
"""
type T = object
  a: int
proc `=copy`(t: T, x: int) = discard
