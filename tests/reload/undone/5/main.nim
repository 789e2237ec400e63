import logic, std/hotcodereloading

proc step*() =
  performCodeReload()
  echo text(), " ", count()
  let last = lastReload()
  echo last.ok, ": ", last.error

beforeCodeReload:
  raise newException(IOError, "no more")
