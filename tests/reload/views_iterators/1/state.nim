type World = object
  a1: int
  numbers: seq[int]
var world = World(numbers: @[1])
proc numbers*(): var seq[int] = world.numbers
