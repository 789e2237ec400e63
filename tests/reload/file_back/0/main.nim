# A module that was deleted for a moment is found when it is back, with another text or with the one that it had.
import m, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
