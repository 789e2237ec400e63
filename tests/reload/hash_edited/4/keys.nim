import std/[hashes, hotcodereloading]
type
  Key* = object
    a*, b*: int
  Job* = object
    rank*: int
let salt = 12345
proc hash*(k: Key): Hash = hash(k.b * 7 + salt)
proc `==`*(x, y: Key): bool = x.a == y.a
proc `<`*(x, y: Job): bool = x.rank < y.rank
afterCodeReload:
  raise newException(ValueError, "no")
