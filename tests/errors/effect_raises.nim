discard """
  errormsg: "g() can raise an unlisted exception: ref ValueError"
  line: 7
"""
proc g() = raise newException(ValueError, "x")
proc f() {.raises: [IOError].} =
  g()
