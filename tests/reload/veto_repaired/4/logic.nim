import std/hotcodereloading
proc answer*(): int = 4
beforeCodeReload:
  raise newException(IOError, "one")
beforeCodeReload:
  raise newException(IOError, "two")
