# A longer array keeps its elements; a shorter one, or one with another first index, is refused.
import grid, size, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
