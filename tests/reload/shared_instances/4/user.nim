import later
proc use*(): int = more()
