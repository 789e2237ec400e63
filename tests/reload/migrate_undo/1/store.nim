import std/hotcodereloading
type
  Entry = ref object
    note: string
    key: string
    count: int
var entries: seq[Entry]
var shared: Entry
var number = 7
proc show*() =
  for e in entries: stdout.write e.key, " ", e.count, " ", e.note, "; "
  echo shared == entries[0], " ", number
afterCodeReload:
  entries[0].key = "changed"
  entries.add Entry(key: "three", note: "by the handler")
  entries[1].note.add "x"
  number = 8
  show()
  raise newException(ValueError, "the handler fails")
