type Kind* = enum sword, axe, bow
var round* = 0
