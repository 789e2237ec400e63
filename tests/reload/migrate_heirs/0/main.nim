# What a reference refers to is converted by its dynamic type, also when only an heir has changed.
import zoo, std/hotcodereloading

proc step*() =
  performCodeReload()
  show()

show()
