import types
var feet = @[Feet(n: 3), Feet(n: 10)]
var one = Feet(n: 1)
proc show*() = echo feet, one
