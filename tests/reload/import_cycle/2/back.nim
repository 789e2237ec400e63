import front
proc value*(): int = early()
