import types
var mob: Mob
proc show*() = echo mob
