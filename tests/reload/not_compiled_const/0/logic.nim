const step* = 1
proc thing*(x: int): int = x + step
proc other*(): int = 3
