# A `migrate` whose stand-in has what the old type did not have is named.
import game, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
