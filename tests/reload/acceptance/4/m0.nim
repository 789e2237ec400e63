import m1, m2, std/hotcodereloading
proc getInt*(): int = g_1 + g_2.len
proc upwards(): iterator (): int =
  result = iterator (): int {.closure.} =
    var next = 0
    while true:
      yield next
      inc next
let counter = upwards()
afterCodeReload:
  echo "0: after ", counter(), " ", counter()
