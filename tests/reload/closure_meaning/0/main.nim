# A closure, or a frame that calls one, knows an enum by its numbers: they must not meet those of another version. Values of procs
# call what these are now.
import acts, kinds, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
proc inside*() =
  for act in all: act(axe)
  performCodeReload()
  for act in all: act(axe)
show()
