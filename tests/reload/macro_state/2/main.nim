# Variables that macros share are counted afresh when the module is checked again.
import std/[macros, hotcodereloading]
var names {.compileTime.}: seq[string]
macro enlist(p: untyped): untyped =
  names.add $p.name
  p
macro all(): untyped = newLit(names)
proc one() {.enlist.} = echo 1
proc two() {.enlist.} = discard
proc three() {.enlist.} = discard
proc shown(): string = $all()
proc step*() =
  performCodeReload()
  echo shown()
