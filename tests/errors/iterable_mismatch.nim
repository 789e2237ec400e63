discard """
  errormsg: "type mismatch: got <iterable[int]>"
  line: 9
"""
# The elements are of another type.
iterator count(n: int): int =
  for i in 0 ..< n: yield i
template texts(x: iterable[string]): int = 1
echo texts(count(3))
