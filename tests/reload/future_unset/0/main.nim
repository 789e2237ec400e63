# A future that is not finished has no value, so none stands in the way; one that is finished has, and so has one whose value is changed in place.
import m, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
