import extra
proc answer*(): int = bonus()
