import std/hotcodereloading
proc scaled(x: int; by = 100): float = float(x * by)
proc helper(): string = "new helper"
proc inner*(depth: int; name = "inner") =
  performCodeReload()
  if depth > 0: inner(depth - 1, "again")
  else: echo name, ", new: ", scaled(1)
proc outer*(depth: int) =
  inner(depth)
  echo "outer, new: ", scaled(10), " ", helper()
