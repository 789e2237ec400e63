discard """
  errormsg: "it(3) can raise an unlisted exception: ref ValueError"
  line: 9
"""
iterator it(n: int): int =
  if n > 3: raise newException(ValueError, "x")
  yield n
proc f() {.raises: [].} =
  for x in it(3): discard x
