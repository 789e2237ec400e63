import std/packedsets
type Color = enum red, green, blue
var seen = [red, blue].toPackedSet
proc show*() = echo seen, " ", blue in seen, " ", green in seen
