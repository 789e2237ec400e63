import std/hotcodereloading
proc answer*(): int = 2
beforeCodeReload:
  echo "first"
beforeCodeReload:
  echo "repaired"
