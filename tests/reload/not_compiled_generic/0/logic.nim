proc thing*[T](x: T): T = x + T(1)
proc other*(): int = 3
