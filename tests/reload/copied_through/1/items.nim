type Item* = object
  n*: int
proc `<`*(a, b: Item): bool = a.n > b.n
proc `<=`*(a, b: Item): bool = a.n >= b.n
proc `==`*(a, b: Item): bool = true
proc help(a: Item): int = a.n + 20
proc helped*(a: Item): int {.inline.} = help(a) * 2
