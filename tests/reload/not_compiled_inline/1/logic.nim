proc thing*(x: int): int {.inline.} = x + 2
proc other*(): int = 3
