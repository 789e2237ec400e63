type Item* = object
  n*: int
proc `<`*(a, b: Item): bool = a.n < b.n
proc `<=`*(a, b: Item): bool = a.n <= b.n
proc `==`*(a, b: Item): bool = a.n == b.n
proc help(a: Item): int = a.n + 10
proc helped*(a: Item): int {.inline.} = help(a) * 2
