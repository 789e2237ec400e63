# Of a compound statement the report names the variables whose first values would be others now, and no other ones.
import state, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
