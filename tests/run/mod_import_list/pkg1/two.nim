import one
proc two*(): int = one() + 1
