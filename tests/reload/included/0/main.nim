# Included files and constants from files are watched like modules; a deleted one that nothing uses any more is no change.
import logic, std/hotcodereloading
proc step*() =
  performCodeReload()
  echo answer()
