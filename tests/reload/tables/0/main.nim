# Tables, and cycles that only they refer to, live on.
import store, std/hotcodereloading

proc step*() =
  performCodeReload()
  add "cy"
  GC_fullCollect()
  echo show()

echo show()
