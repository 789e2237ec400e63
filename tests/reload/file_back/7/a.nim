proc f*(): int = 3
