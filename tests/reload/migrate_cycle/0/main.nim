# Cycles and shared objects stay what they are; objects that no change concerns are not touched.
import graph, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
