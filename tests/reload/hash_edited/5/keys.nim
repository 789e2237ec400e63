import std/hashes
type
  Key* = object
    a*, b*: int
  Job* = object
    rank*: int
let salt = 12345
proc hash*(k: Key): Hash =
  if k.a == 3: raise newException(ValueError, "three")
  hash(k.b * 7 + salt)
proc `==`*(x, y: Key): bool = x.a == y.a
proc `<`*(x, y: Job): bool = x.rank > y.rank
