# Numbers are widened, also where they are elements; a distinct type of another base and what would not hold all values are refused in words.
import logic, std/hotcodereloading
setup()
proc step*() =
  performCodeReload()
  show()
show()
