# Globals keep their values, new ones are initialised in order, a changed initialiser is not run again.
import state, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
