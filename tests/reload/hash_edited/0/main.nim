# An edited `hash`, `==` or `<`, or what these call, finds what was put into tables, sets and heaps before.
import store, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
