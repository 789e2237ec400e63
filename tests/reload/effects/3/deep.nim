proc depth*(): int =
  try:
    if result > 9: raise newException(ValueError, "deep")
  except ValueError:
    discard
  3

proc free*(): int =
  if result > 9: raise newException(ValueError, "free")
  6
