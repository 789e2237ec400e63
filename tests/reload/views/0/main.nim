# Old code that has an address in what moves, without knowing the type that changes, makes the version wait: nothing is read or
# written where nothing is any more.
import state, views, std/hotcodereloading
var round = 0
proc step*() =
  inc round
  run(round)
  if not lastReload().ok: echo lastReload().error
  performCodeReload()
  show()
