# A handler that sets a variable again: the first of the two snippets of Nim's documentation of hot code reloading.
import std/[hotcodereloading, tables], config

var
  settings = initTable[string, string]()
  lastReload: Time

for k, v in loadSettings():
  settings[k] = v

afterCodeReload:
  lastReload = now()

proc show() =
  echo settings.len, " ", settings["color"], " ", lastReload

proc step*() =
  performCodeReload()
  show()

show()
