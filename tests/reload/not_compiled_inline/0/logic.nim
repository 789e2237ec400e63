proc thing*(x: int): int {.inline.} = x + 1
proc other*(): int = 3
