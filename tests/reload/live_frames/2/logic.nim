import std/hotcodereloading
proc scaled(x: int; by = 1000): float = float(x * by)
proc inner*(depth: int; name = "inner") =
  if depth > 0: inner(depth - 1, "once more")
  else: echo name, ", newest: ", scaled(1)
proc outer*(depth: int) =
  inner(depth)
  echo "outer, newest"
