# Removed code goes when neither the program's memory nor a thread that waits has a value of it.
import work, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
