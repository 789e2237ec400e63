import std/hashes
type
  Key* = object
    a*, b*: int
  Job* = object
    rank*: int
proc mix(k: Key): int = k.a * 31 + k.b
proc hash*(k: Key): Hash = hash(mix(k))
proc `==`*(x, y: Key): bool = x.a == y.a and x.b == y.b
proc `<`*(x, y: Job): bool = x.rank < y.rank
