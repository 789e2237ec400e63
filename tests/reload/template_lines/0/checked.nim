template demand*(cond: bool) =
  if not cond:
    raise newException(ValueError, "not so")
