# A closure keeps its code, so it must not have captured what changes, nor know its layout.
import acts, std/hotcodereloading

proc step*() =
  performCodeReload()
  run()
run()
