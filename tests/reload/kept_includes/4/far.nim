proc distance*(): int = 20
