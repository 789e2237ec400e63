# Objects of a type that is gone stay, and count as of its base, as long as that is what it was when they were made.
import game, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
