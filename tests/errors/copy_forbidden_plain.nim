discard """
  errormsg: "'=copy' is not available for type <U>; requires a copy because it's not the last read of 'u'; try to make u a 'sink' parameter; routine: f"
  line: 9
"""
# Also where the type owns nothing.
type U = object
  x: int
proc `=copy`(a: var U, b: U) {.error.}
proc f(u: U): U = u
discard f(U())
