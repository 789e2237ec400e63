type Tool* = enum sword, axe, bow
