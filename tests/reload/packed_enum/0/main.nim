# A packed set of enum values goes by the names of the constants, as all values do.
import state, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
