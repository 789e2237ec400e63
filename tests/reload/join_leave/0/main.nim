# A module that joins runs its top level once, imports first; one that leaves runs "before" a last time.
import logic, std/hotcodereloading

proc step*() =
  performCodeReload()
  echo answer()
