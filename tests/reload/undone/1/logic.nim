import std/hotcodereloading
var counter = 1
var more = @[1, 2, 3]
proc count*(): int = counter + more.len
proc text*(): string = "new"
afterCodeReload:
  echo "new after"
  raise newException(ValueError, "not like this")
