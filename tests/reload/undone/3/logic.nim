import std/hotcodereloading
var counter = 1
proc count*(): int = counter
proc text*(): string = "never"
beforeCodeReload:
  echo "not yet"
