# Each thread keeps its threadvars. A version that would convert one of another thread's is refused; one that goes is destroyed everywhere.
import work, std/hotcodereloading

proc step*() =
  performCodeReload()
  ask()
