import std/[tables, sets, options, deques]
type
  Kind = enum c, a
  Item = object
    case kind: Kind
    of c: discard
    of a: x: int
var
  byKind = {a: "a"}.toTable
  items = {"x": Item(kind: a, x: 7)}.toTable
  seen = [a].toHashSet
  counts = [a].toCountTable
  maybe = options.none(Kind)
  opt = options.none(Item)
  queue = [a].toDeque
discard queue.popFirst
proc show*() =
  echo byKind[a], "-", items["x"].x, "-", " ", a in seen, " ", counts[a], " ", maybe.isNone, opt.isNone, " ", queue
