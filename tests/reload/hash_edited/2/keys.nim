import std/hashes
type
  Key* = object
    a*, b*: int
  Job* = object
    rank*: int
proc hash*(k: Key): Hash = hash(k.a div 2)
proc `==`*(x, y: Key): bool = x.a div 2 == y.a div 2
proc `<`*(x, y: Job): bool = x.rank > y.rank
