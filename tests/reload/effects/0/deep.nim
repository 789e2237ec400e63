proc depth*(): int = 1

proc free*(): int = 5
