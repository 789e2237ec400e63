import std/hotcodereloading
var uses = 100
echo "extra: top level"
beforeCodeReload:
  echo "extra: before"
afterCodeReload:
  echo "extra: after"
proc bonus*(): int =
  uses += 1
  uses
