# An edit of a macro, or of a proc that it calls while it runs, reaches all that it made.
import user, std/hotcodereloading
proc step*() =
  performCodeReload()
  echo name(), " ", twice(5), " ", other()
