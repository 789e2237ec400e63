# A proc value whose proc was removed, or has another signature, raises ReloadError with its name; one that came back is current.
import logic, std/hotcodereloading

let saved = handlerProc()
let other = otherProc()

proc attempt(what: proc (): int {.nimcall.}) =
  try:
    echo what()
  except ReloadError as error:
    echo "ReloadError: ", error.msg

proc step*() =
  performCodeReload()
  attempt saved
  attempt other

attempt saved
attempt other
