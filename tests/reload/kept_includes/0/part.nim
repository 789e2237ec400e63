proc use*(): int = 1
