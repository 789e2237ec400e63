# A `{.cursor.}` goes where the object goes that it refers to. What it sees of a value that is no object is not converted.
import m, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
