const step* = 2
proc thing*(x: int): int = x + step
proc other*(): int = 3
