# Values with variants go on with their fields; code over them is replaced.
import shapes, std/hotcodereloading

proc step*() =
  performCodeReload()
  for s in shapes: echo s.name, ": ", describe(s)
