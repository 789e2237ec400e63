proc use*(): int = 0
