# What stands in tables and sets is converted, keys too, and is found again under its hash.
import stock, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
