import std/hotcodereloading
proc helper(): string = "old helper"
proc update*() =
  echo "update, old: ", helper()
  performCodeReload()
  echo "update, old: ", helper()
