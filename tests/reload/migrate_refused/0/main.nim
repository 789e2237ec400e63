# What cannot be converted is refused with the type, the field, both versions and who holds it; the program goes on.
import data, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
