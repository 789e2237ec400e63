proc use*(): int = 3
