# A field that becomes a `{.cursor.}`, or owning: it goes where the object goes, as long as somebody owns that.
import tree, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
