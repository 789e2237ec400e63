type
  Item# = object
    name: string
    weight: int
  Store# = object
    items: seq[Item#]
    byName: Table[string, int]

proc put#(store: var Store#, name: string, weight: int) =
  if name in store.byName:
    store.items[store.byName[name]].weight += weight
  else:
    store.byName[name] = store.items.len
    store.items.add Item#(name: name, weight: weight)

proc heavy#(store: Store#, least: int): seq[string] =
  store.items.filterIt(it.weight >= least).mapIt(it.name)

proc report#(store: Store#): string =
  var lines: seq[string]
  for name, at in store.byName:
    lines.add name.toUpperAscii & ": " & $store.items[at].weight
  lines.sort()
  lines.join("\n")

proc total#(store: Store#): int =
  for item in store.items.items:
    result += item.weight

proc play#(): int =
  var store: Store#
  for i in 0 ..< 10:
    store.put#("item" & $(i mod 4), i)
  result = store.total#() + store.heavy#(10).len
  if store.report#().len == 0:
    result = 0

