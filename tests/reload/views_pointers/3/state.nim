type World = object
  a1: int
  a2: int
  a3: int
  score: int
var world = World()
proc score*(): var int = world.score
proc show*() = echo world.score
