proc thing*[T](x: T): T = x + T(2)
proc other*(): int = 3
