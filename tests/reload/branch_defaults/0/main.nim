# Fields that a branch of a variant gets have the defaults of that branch.
import shapes, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
