# A type with another name is another type: a `migrate` from the old one, which the program still has, is what converts its values.
import game, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
