# A thread that waits for work stands still for a reload. Its loop goes on as it was, and what it calls is current.
import work, std/hotcodereloading

proc step*() =
  performCodeReload()
  ask(3)
