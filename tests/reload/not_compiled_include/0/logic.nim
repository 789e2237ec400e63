include part
proc other*(): int = 3
