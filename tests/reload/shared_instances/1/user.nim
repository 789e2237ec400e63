import counts
proc use*(): int = 0
