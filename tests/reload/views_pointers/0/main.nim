# A variable of a frame has an address that somebody else has put there.
import state, std/hotcodereloading
type Pair = tuple[p: ptr int, n: int]
var round = 0
proc into(p: var ptr int) = p = addr score()
proc pair(): Pair = (addr score(), 1)
proc varPtr() =
  var p: ptr int
  into(p)
  performCodeReload()
  p[] += 1
proc tuplePtr() =
  let t = pair()
  performCodeReload()
  t.p[] += 10
proc wrapped() =
  var t: Pair
  t = pair()
  performCodeReload()
  t.p[] += 100
proc step*() =
  inc round
  case round
  of 1: varPtr()
  of 2: tuplePtr()
  else: wrapped()
  if not lastReload().ok: echo lastReload().error
  performCodeReload()
  show()
