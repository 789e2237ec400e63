proc value*(): int = 5
