proc use*(): int = 2
