# An included file that was away and is back, with another text, is an edit of the module that includes it.
import m, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
