import std/hotcodereloading
beforeCodeReload:
  echo "b: before"
afterCodeReload:
  echo "b: after"
