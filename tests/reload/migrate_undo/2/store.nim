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
