# What is given up while its type changes is destroyed as what it was: a global, a field, what only they lead to.
import state, std/hotcodereloading
proc step*() =
  performCodeReload()
  act()
