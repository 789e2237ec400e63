# Before handlers are the old version's, after handlers the new one's; imports first, each module once, main last.
import a, b, std/hotcodereloading

beforeCodeReload:
  echo "main: before ", hasModuleChanged(a), " ", hasModuleChanged(b)
afterCodeReload:
  echo "main: after ", hasModuleChanged(a), " ", hasModuleChanged(b)

proc step*() =
  echo hasModuleChanged(a), " ", hasModuleChanged(b), " ", hasAnyModuleChanged()
  performCodeReload()
