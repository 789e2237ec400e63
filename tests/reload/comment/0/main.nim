# A comment changes the text and nothing else.
import logic, std/hotcodereloading

proc step*() =
  echo hasAnyModuleChanged()
  performCodeReload()
  echo answer()

echo answer()
