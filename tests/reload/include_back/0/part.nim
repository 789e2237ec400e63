type Point* = object
  x*, y*: int
