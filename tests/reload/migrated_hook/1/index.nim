type
  Point = object
    y, x: int64
  Bag[T] = object
    items: seq[T]
    weight: int
  Shelf = object
    bag: Bag[Point]
    total: int
var shelf = Shelf(bag: Bag[Point](items: @[Point(x: 1, y: 2), Point(x: 3, y: 4)]))
proc weigh(p: Point): int = int(p.x * 10 + p.y)
proc migrated[T](value: var Bag[T]) =
  value.weight = 0
  for item in value.items: value.weight += weigh(item)
  echo "bag weighs ", value.weight
proc migrated(value: var Shelf) =
  value.total = value.bag.weight + 1000
  echo "shelf holds ", value.total
proc show*() = echo shelf.bag.weight, " ", shelf.total
