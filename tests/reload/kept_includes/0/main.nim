# A file of which only a body or a comment is edited includes and imports what it did before: edits of that are seen.
import logic, std/hotcodereloading

proc step*() =
  performCodeReload()
  echo use(), " ", deep()
