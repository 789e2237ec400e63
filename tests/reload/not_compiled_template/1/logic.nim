template thing*(x: int): int = x + 2
proc other*(): int = 3
