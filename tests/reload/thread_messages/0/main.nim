# Messages that wait in a channel are migrated; while a thread waits for one in a frame that knows the old type, the version is refused.
import work, std/hotcodereloading

proc step*() =
  performCodeReload()
  turn()
