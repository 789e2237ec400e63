# A variable of a generic's instance is one, whichever modules use the instance, and as long as one does.
import counts, user, std/hotcodereloading
proc act() = echo count[int](), " ", use()
proc step*() =
  performCodeReload()
  act()
act()
