type Kind* = enum knife, sword, axe, bow
var round* = 0
