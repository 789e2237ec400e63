type
  Entry = ref object
    key: string
    count: int32
var entries = @[Entry(key: "one", count: 1), Entry(key: "two", count: 2)]
var shared = entries[0]
var number = 7'i32
proc show*() =
  for e in entries: stdout.write e.key, " ", e.count, "; "
  echo shared == entries[0], " ", number
