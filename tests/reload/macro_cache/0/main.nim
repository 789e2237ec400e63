# What macros keep in common begins anew with each version.
import names, std/hotcodereloading
proc step*() =
  performCodeReload()
  echo all()
