let fresh = 42
proc getInt*(): int = fresh
