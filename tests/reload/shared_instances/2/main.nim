import counts, user, std/hotcodereloading
proc act() = echo use()
proc step*() =
  performCodeReload()
  act()
act()
