import std/[sets, tables]
type
  Grade = enum fair, good, bad
  Key = object
    col, row: int16
  Item = object
    name: string
    place: string
    price: float = 1.5
    count: int64
  Bin = ref object
    items: seq[Item]
    full: bool = true
    next: Bin
var
  byName = initTable[string, Item]()
  byKey = initOrderedTable[Key, Bin]()
  counts = initCountTable[Grade]()
  seen = initHashSet[Key]()
  shared = newTable[int, Table[string, Item]]()
for index, name in ["bolt", "nut", "pin"]:
  let item = Item(name: name, count: int32(index + 1))
  byName[name] = item
  byKey[Key(row: int16(index), col: 7)] = Bin(items: @[item, item])
  seen.incl Key(row: int16(index), col: 7)
  counts.inc(if index == 1: bad else: good, index + 1)
byKey[Key(row: 0, col: 7)].next = byKey[Key(row: 2, col: 7)]
byKey[Key(row: 2, col: 7)].next = byKey[Key(row: 0, col: 7)]
shared[4] = byName
proc show*() =
  for name in ["bolt", "nut", "pin"]: echo name, " ", byName[name].count
  for key, bin in byKey: echo key.row, ",", key.col, " ", bin.items.len, " ", bin.next == nil
  echo byKey[Key(row: 0, col: 7)].next.next == byKey[Key(row: 0, col: 7)]
  echo counts[good], " ", counts[bad], " ", Key(row: 1, col: 7) in seen, " ", Key(row: 1, col: 8) in seen
  echo shared[4]["pin"].count, " ", shared[4]["pin"].place.len, " ", byKey[Key(row: 1, col: 7)].full
  byName["cog"] = Item(name: "cog", place: "shelf", count: 1 shl 40)
  echo byName["cog"], " ", byName["nut"].price, " ", byName.len
