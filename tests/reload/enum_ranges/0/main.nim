# Ranges of an enum go by the names of its constants: as values, in sets, as indices of arrays.
import m, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
