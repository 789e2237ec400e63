# Of modules that import each other, each sees of the other what was declared when it was its turn, after an edit too.
import front, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
