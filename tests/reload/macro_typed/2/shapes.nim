type Point* = object
  x*, y*, z*: int
const unit* = "em"
