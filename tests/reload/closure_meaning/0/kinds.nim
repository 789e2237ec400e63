type Kind* = enum axe, bow
var round* = 0
