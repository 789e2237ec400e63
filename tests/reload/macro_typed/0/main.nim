# What a macro was told of a type or a constant is told again when that has changed.
import user, std/hotcodereloading
proc step*() =
  performCodeReload()
  echo describe()
