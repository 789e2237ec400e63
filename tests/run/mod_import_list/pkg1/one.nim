proc one*(): int = 1
