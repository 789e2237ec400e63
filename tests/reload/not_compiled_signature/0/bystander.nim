proc own*(): int = 7
