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
  echo p[].getOrDefault(K(a: 1), -1), " ", it(), " ", q[].getOrDefault(K(a: 1), -1)
proc inside*() =
  var own = filled()
  performCodeReload()
  echo own.getOrDefault(K(a: 1), -1)
