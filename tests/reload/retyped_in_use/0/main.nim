# Code that goes on as it was must not meet a global whose type has changed: not in a closure, not in a frame.
import m, std/hotcodereloading
proc step*() =
  performCodeReload()
  echo show()
echo show()
