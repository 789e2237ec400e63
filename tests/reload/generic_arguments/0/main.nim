# Instances of a generic type become instances with other arguments where values of the arguments do: by the rules of a field of that type.
import m, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
