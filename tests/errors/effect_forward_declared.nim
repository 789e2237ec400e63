discard """
  errormsg: "can raise an unlisted exception: ref IOError"
  line: 8
"""
proc a(n: int) {.raises: [].}
proc b(n: int) {.raises: [].} =
  if n > 0: a(n - 1)
proc a(n: int) = raise newException(IOError, "a")
