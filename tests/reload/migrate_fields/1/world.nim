type
  Point = object
    label: string
    z: int
    y, x: int
  Item = ref object
    at: Point
    name: string
    tags: seq[string]
    count: int
  World = object
    pair: tuple[first: Item, weight: float]
    items: seq[Item]
    grid: array[2, Point]
    points: seq[Point]
    fresh: string

var
  world = World()
  counter = 5
  plain = @[1, 2, 3]

proc grow*() = world.points.add Point(x: 10, z: 1)
proc show*() =
  for p in world.points: echo p.x, " ", p.y, " ", p.z, " ", p.label
  for i in world.items: echo i.name, " ", i.at.x, " ", i.at.label, " ", i.tags, " ", i.count
  echo world.grid[1].label, " ", world.pair.first.name, " ", world.pair.weight, " [", world.fresh, "] ", counter
  echo world.pair.first == world.items[1], " ", plain
