# A frame that goes through a table, or has one of its own, is not surprised by an edited `hash`: the version waits for it.
import tables, keys, std/hotcodereloading
proc through() =
  for key, value in table:
    performCodeReload()
    echo key.n, " ", value
proc own() =
  var mine = {Key(n: 1): "mine"}.toTable
  performCodeReload()
  echo mine.getOrDefault(Key(n: 1))
var round = 0
proc step*() =
  inc round
  case round
  of 1: through()
  of 2: own()
  else: performCodeReload()
  echo table.getOrDefault(Key(n: 2))
