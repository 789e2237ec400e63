import std/hotcodereloading
proc first(): int =
  performCodeReload()
  echo "initialiser: ", lastReload().ok
  1
var value = first()
proc unused*() = discard
afterCodeReload:
  performCodeReload()
  echo "after: ", lastReload().ok
