# New globals get their first value in source order, from what lives now; nothing else of the top level runs again.
import state, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
