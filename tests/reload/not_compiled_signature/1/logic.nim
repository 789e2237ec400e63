proc thing*(x: int; by = 10): int = x + by
proc other*(): int = 3
