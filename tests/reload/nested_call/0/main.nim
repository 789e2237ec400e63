# `performCodeReload()` in a handler or an initialiser is refused, and said.
import logic, std/hotcodereloading

proc step*() =
  performCodeReload()
  let last = lastReload()
  echo last.ok, " ", last.warnings.len, " ", last.error

beforeCodeReload:
  performCodeReload()
  echo "before: ", lastReload().error
