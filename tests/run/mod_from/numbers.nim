const one* = 1
proc two*(): int = 2
