# A changed signature is another proc: callers are compiled onto it, in every module.
import logic, std/hotcodereloading

proc run()

proc step*() =
  performCodeReload()
  run()

proc run() = echo scaled(3)
run()
