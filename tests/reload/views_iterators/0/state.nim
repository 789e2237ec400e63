type World = object
  numbers: seq[int]
var world = World(numbers: @[1])
proc numbers*(): var seq[int] = world.numbers
