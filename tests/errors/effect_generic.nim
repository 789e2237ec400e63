discard """
  errormsg: "gen(1) can raise an unlisted exception: ref ValueError"
  line: 8
"""
proc gen[T](x: T): T =
  when T is int: raise newException(ValueError, "x") else: x
proc p() {.raises: [].} = discard gen("a")
proc q() {.raises: [].} = discard gen(1)
