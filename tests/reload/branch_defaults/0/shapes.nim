import types
var shape = Shape(kind: rect, width: 9)
var none = Shape(kind: empty)
proc show*() = echo shape, none
