import deep

proc level*(): int = depth() + 1
