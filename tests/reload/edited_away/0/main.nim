# A module that is edited while it is no part of the program joins as it is then.
import game, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
