type Feet* = object
  n*: float
