import std/hotcodereloading
proc answer*(): int = 3
beforeCodeReload:
  echo "first"
beforeCodeReload:
  echo "repaired"
