import std/hotcodereloading
let g_0 = 42
proc getInt*(): int = g_0
programResult = 0
beforeCodeReload:
  echo "0: before"
afterCodeReload:
  echo "0: after"
