import types
var feet = @[Meters(n: 3), Meters(n: 10)]
var one = Meters(n: 1)
proc show*() = echo feet, one
