# Values of procs call what these are now when a parameter is only laid out in another way: also before a reload is over.
import m, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
