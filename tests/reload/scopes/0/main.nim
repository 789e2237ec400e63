# Variables in unnamed scopes keep their values when scopes come and go around them; a guess is a warning.
import state, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
