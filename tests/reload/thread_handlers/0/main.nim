# Handlers may start threads and take locks, but not wait for a thread: the others stand still.
import work, std/[hotcodereloading, locks]

proc step*() =
  performCodeReload()
  turn()
