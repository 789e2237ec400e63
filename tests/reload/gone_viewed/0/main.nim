# A global that is gone stays as long as a frame has an address in it, or in what it refers to.
import state, std/hotcodereloading
proc work(n: var int; s: string; item: var int) =
  performCodeReload()
  churn()
  n += 1
  item += 1
  echo n, " ", s, " ", item
  performCodeReload()
proc step*() =
  if has: work(count(), text(), item())
  performCodeReload()
