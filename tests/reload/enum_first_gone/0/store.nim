import std/[tables, sets, options, deques]
type
  Kind = enum none, a, b
  Item = object
    case kind: Kind
    of none: discard
    of a: x: int
    of b: s: string
var
  byKind = {a: "a", b: "b"}.toTable
  items = {"x": Item(kind: a, x: 7), "y": Item(kind: b, s: "why")}.toTable
  seen = [a].toHashSet
  counts = [b, b].toCountTable
  maybe = options.none(Kind)
  opt = options.none(Item)
  queue = [a, b, a].toDeque
discard queue.popFirst
proc show*() =
  echo byKind[a], byKind[b], items["x"].x, items["y"].s, " ", a in seen, " ", counts[b], " ", maybe.isNone, opt.isNone, " ", queue
