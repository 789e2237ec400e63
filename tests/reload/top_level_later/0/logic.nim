proc text*(): string = "old"
proc number*(): int = 1
