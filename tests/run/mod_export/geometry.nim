type Point* = object
  x*, y*: int
const origin* = Point(x: 0, y: 0)
