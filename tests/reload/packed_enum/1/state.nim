import std/packedsets
type Color = enum black, blue, green, red
var seen = [red, blue].toPackedSet
proc show*() = echo seen, " ", blue in seen, " ", green in seen
