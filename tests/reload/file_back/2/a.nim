proc f*(): int = 2
