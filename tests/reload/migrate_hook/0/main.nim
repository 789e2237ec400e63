# The program's own conversions: for nested values first, with the old value as the program declares it.
import model, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
