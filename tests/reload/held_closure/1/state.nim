var
  score*: float = 5
  next*: float = 77
