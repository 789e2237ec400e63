type Pair* = object
  a, b, c: int
proc thing*(x: int): Pair = Pair(a: x, b: 2)
proc other*(): int = 3
