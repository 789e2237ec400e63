# A removed field is destroyed by the destructor of its own version; what owns something is moved, not copied.
import res, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
