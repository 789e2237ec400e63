import types
var point = Point(x: 1, y: 2)
proc show*() = echo point
