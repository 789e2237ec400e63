discard """
  errormsg: "a(n - 1) can raise an unlisted exception: Exception"
  line: 8
"""
# Of a routine whose body follows nothing is known but what it declares.
proc a(n: int)
proc b(n: int) {.raises: [].} =
  if n > 0: a(n - 1)
proc a(n: int) = b(n)
