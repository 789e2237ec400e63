type Point* = object
  x*, y*: int
const unit* = "px"
