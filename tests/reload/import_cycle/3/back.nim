import front
proc value*(): int = late()
