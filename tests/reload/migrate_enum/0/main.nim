# Enums by the names of their constants: in sets, as indices of arrays, as discriminators.
import shapes, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
