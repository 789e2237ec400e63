import std/hotcodereloading
let g_2* = @["left out", "taken"][1..^1]
afterCodeReload:
  echo "2: after!"
