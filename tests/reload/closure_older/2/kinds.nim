type Kind* = enum gun, bow, axe
