proc depth*(): int =
  if result > 9: raise newException(ValueError, "deep")
  2

proc free*(): int = 5
