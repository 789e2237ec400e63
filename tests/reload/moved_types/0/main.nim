# A module is split: types go along, and values with them, also behind references to a base; variables are others then.
import game, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
