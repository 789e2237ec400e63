import std/tables

type Entry* = ref object
  names*: seq[string]
  next*: Entry

var byName* = initTable[string, Entry]()
var counts* = initCountTable[char]()

proc add*(name: string) =
  let entry = Entry(names: @[name])
  entry.next = entry # a cycle, which lives as long as the table has it
  byName[name] = entry
  for c in name: counts.inc c

proc show*(): string =
  result = $byName.len & " of"
  for name in ["ann", "bob", "cy"]:
    if name in byName: result.add " " & byName[name].next.names[0]

add "ann"
add "bob"
