proc thing*(x: int): int = x + 1
proc other*(): int = 3
