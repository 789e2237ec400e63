# A closure has captured a value of a type that the live version does not name: its parts change all the same.
import state, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
