# The acceptance table of the reload contract: three modules in six steps, under a main that only asks `m0`.
import m0, std/hotcodereloading

beforeCodeReload:
  echo "main: before"
afterCodeReload:
  echo "main: after"

proc step*() =
  echo "changed: ", hasAnyModuleChanged()
  performCodeReload()
  echo "answer: ", getInt()

echo "answer: ", getInt()
