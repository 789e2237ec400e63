type Kind* = enum club, knife, sword, axe, bow
var round* = 0
