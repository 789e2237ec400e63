var
  score*: float32 = 5
  next*: float32 = 77
