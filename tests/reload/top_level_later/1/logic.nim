proc text*(): string = "new"
proc number*(): int = 10
