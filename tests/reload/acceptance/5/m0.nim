import m1, std/hotcodereloading
let g_0 = 1000
proc getInt*(): int = g_0
proc upwards(): iterator (): int =
  result = iterator (): int {.closure.} =
    var next = 0
    while true:
      yield next
      inc next
let counter = upwards()
afterCodeReload:
  echo "0: after, goes on ", counter(), " ", counter()
