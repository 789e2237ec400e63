type World = object
  score: int
var world = World()
proc score*(): var int = world.score
proc show*() = echo world.score
