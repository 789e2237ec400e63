# New fields get the defaults that they declare, also in nested objects and in what is new as a whole.
import conf, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
