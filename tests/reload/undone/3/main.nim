import logic, std/hotcodereloading

proc step*() =
  performCodeReload()
  echo text(), " ", count()
  let last = lastReload()
  echo last.ok, ": ", last.error

beforeCodeReload:
  echo "main: before"
afterCodeReload:
  echo "main: after, edited"
