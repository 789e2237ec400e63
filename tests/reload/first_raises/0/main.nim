# The first initialiser of a reload that raises undoes it as any other does, and the report says so.
import m, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
