import std/hotcodereloading
proc scaled(x: int): int = x * 2
proc helper(): string = "old helper"
proc gone(x: int): int =
  performCodeReload()
  x + scaled(x)
proc inner*(depth: int) =
  if depth > 0: inner(depth - 1)
  else: echo "gone gave ", gone(5), ", ", helper()
proc outer*(depth: int) =
  inner(depth)
  echo "outer, old: ", scaled(10), " ", helper()
