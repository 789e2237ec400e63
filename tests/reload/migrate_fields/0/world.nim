type
  Point = object
    x, y: int32
    label: string
  Item = ref object
    name: string
    at: Point
    tags: seq[string]
  World = object
    points: seq[Point]
    grid: array[2, Point]
    items: seq[Item]
    pair: tuple[first: Item, weight: float32]
    old: string

var
  world = World(old: "this goes")
  counter = 5'i16
  plain = @[1, 2, 3]
for i in 1'i32 .. 3:
  world.points.add Point(x: i, y: -i, label: "p" & $i)
  world.items.add Item(name: "item" & $i, at: world.points[^1], tags: @["a", "b" & $i])
world.grid[1] = Point(x: 7, y: 8, label: "grid")
world.pair = (world.items[1], 0.5'f32)

proc grow*() = world.points.add Point(x: 9)
proc show*() =
  for p in world.points: echo p.x, " ", p.y, " ", p.label
  for i in world.items: echo i.name, " ", i.at.x, " ", i.tags
  echo world.grid[1].label, " ", world.pair.first.name, " ", world.pair.weight, " ", world.old, " ", counter
  echo world.pair.first == world.items[1], " ", plain
