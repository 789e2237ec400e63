import front
proc value*(): int = early() + 10
