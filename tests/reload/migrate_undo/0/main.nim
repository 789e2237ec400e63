# A reload that fails behind the migration puts the old values back.
import store, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()
show()
