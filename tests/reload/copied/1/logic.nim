# Procs that are copied into their callers.
proc small(x: int): int = x + 10
proc doubled(x: int): int {.inline.} = x * 2

proc summed*(n: int): int =
  for i in 0 ..< n: result += small(i)

proc quadrupled*(x: int): int = doubled(doubled(x))
