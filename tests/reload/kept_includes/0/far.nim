proc distance*(): int = 10
