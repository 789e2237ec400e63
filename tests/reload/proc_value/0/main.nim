# A proc value of a named proc is its trampoline: always current.
import logic, std/hotcodereloading
let f = pick()
proc step*() =
  performCodeReload()
  echo f(1), " ", f == pick()
echo f(1)
