import types
var point = Point(x: 1, z: 2)
proc show*() = echo point
