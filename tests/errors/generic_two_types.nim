discard """
  errormsg: "type mismatch: got <int literal(1), string>"
  line: 6
"""
proc f[T](a, b: T) = discard
f(1, "a")
