# What has to hold.


template demand*(cond: bool) =
  if not cond:

    raise newException(ValueError, "no")
