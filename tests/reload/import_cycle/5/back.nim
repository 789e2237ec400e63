proc value*(): int = 60
