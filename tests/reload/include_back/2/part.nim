type Point* = object
  x*, z*: int
