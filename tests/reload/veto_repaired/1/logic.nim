import std/hotcodereloading
proc answer*(): int = 1
beforeCodeReload:
  echo "first"
beforeCodeReload:
  raise newException(IOError, "broken")
