type
  Meters* = object
    n*: float
    exact: bool
