# `migrated(value)` sees what the program keeps in step with values that a reload has converted, on the innermost first.
import index, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
