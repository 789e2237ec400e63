import std/hotcodereloading
proc answer*(): int = 0
beforeCodeReload:
  echo "first"
beforeCodeReload:
  raise newException(IOError, "broken")
