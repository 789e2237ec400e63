type Kind* = enum axe, bow, gun
