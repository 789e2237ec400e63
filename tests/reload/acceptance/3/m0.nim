import std/hotcodereloading
var g_0 = 0
echo "0: top level, which ran long ago"
programResult = 0
import m1
proc getInt*(): int = g_0 + g_1 + count()
beforeCodeReload:
  echo "0: before - improved!"
afterCodeReload:
  echo "0: after - improved!"
  g_0 = 100
