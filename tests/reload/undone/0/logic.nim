import std/hotcodereloading
var counter = 1
proc count*(): int = counter
proc text*(): string = "old"
afterCodeReload:
  echo "old after"
