import logic, std/hotcodereloading

proc own(): int = 100

proc step*() =
  performCodeReload()
  # This frame began before the reload: what it calls is current.
  echo summed(3), " ", quadrupled(5), " ", own()
