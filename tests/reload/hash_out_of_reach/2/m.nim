import std/[tables, hashes, hotcodereloading]
type K = object
  a: int
proc hash(k: K): Hash = hash(k.a)
proc filled(): Table[K, int] = {K(a: 1): 10}.toTable
var p = create(Table[K, int])
p[] = filled()
var it = iterator (): int {.closure.} =
  var own = filled()
  while true: yield own.getOrDefault(K(a: 1), -1)
var t = filled()
var q = addr t
proc show*() =
  var own = filled()
  performCodeReload()
  echo p[].getOrDefault(K(a: 1), -1), " ", it(), " ", own.getOrDefault(K(a: 1), -1), " ", q[].getOrDefault(K(a: 1), -1)
