discard """
  errormsg: "type mismatch: got <string>"
  line: 9
"""
type
  C = concept x
    x.foo is int
proc g(c: C) = discard
g("a")
