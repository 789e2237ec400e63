# A closure to which no global leads, and which uses a global that gets another type, goes on in its old code: the version waits.
import acts, std/hotcodereloading
var round = 0
proc step*() =
  inc round
  var held: seq[proc ()]
  if round == 1: held.add make()
  performCodeReload()
  for act in held: act()
  make()()
