# A field of another name is another field, and a report says whose values went. Tuples with and without names go by number.
import m, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
