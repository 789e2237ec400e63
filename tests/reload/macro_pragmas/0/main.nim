# An edited pragma of a type or field reaches whoever has read it at compile time.
import shown, std/hotcodereloading
proc step*() =
  performCodeReload()
  echo label(), " ", field(), " ", other()
