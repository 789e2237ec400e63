# The main module is reloadable too.
import std/hotcodereloading

var total = 1
proc grow() = total += 100

proc step*() =
  performCodeReload()
  grow()
  echo "total is ", total
