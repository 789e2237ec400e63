# Tables to which only a ptr leads, or an iterator that waits, are not brought in step with an edited `hash`: warnings name who has
# them. As long as a frame has one, the version waits.
import m, std/hotcodereloading
var round = 0
proc step*() =
  inc round
  if round in [1, 3]: inside()
  performCodeReload()
  show()
show()
