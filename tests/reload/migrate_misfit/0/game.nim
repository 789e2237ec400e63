import types
var mob = Mob(hp: 1)
proc show*() = echo mob
