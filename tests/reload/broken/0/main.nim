# A version that does not compile changes nothing, and the next one that does is loaded.
import logic, std/hotcodereloading

proc step*() =
  echo hasAnyModuleChanged()
  performCodeReload()
  echo answer()

echo answer()
