import std/hotcodereloading
proc helper(): string = "new helper"
proc update*() =
  echo "update, new: ", helper()
  performCodeReload()
  echo "update, new: ", helper()
