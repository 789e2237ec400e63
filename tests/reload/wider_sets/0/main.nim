# A set has the same elements where its type has more; one that has fewer is refused.
import sets, size, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
