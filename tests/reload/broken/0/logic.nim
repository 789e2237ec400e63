proc answer*(): int = 1
