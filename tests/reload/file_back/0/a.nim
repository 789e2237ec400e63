proc f*(): int = 1
