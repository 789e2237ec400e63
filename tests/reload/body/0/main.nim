# A new body takes effect with the next call; other procs and the global keep theirs.
import logic, std/hotcodereloading

proc step*() =
  performCodeReload()
  echo describe(tick())

echo describe(tick())
