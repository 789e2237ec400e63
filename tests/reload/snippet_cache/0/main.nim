# A handler that looks which module changed: the second snippet of Nim's documentation of hot code reloading.
import std/[hotcodereloading, tables], mydb, other

var myCache = initTable[Key, Value]()

proc lookUp(key: Key): Value =
  if key notin myCache: myCache[key] = fetch(key)
  myCache[key]

afterCodeReload:
  if hasModuleChanged(mydb):
    echo "the cache is reset"
    myCache = initTable[Key, Value]()

proc step*() =
  performCodeReload()
  echo lookUp("one"), " ", lookUp("two"), " ", greeting()

echo lookUp("one"), " ", lookUp("two"), " ", greeting()
