import counts
proc use*(): int = count[int]() * 100
