import logic
proc used*(): string = $thing(1)
proc unused*(): int = 5
