# Globals that are gone are destroyed after the commit.
import state, std/hotcodereloading

proc step*() =
  performCodeReload()
  echo "after the reload"
