import tables, hashes
type Key* = object
  n*: int
proc hash*(key: Key): Hash = hash(key.n * 5)
var table* = {Key(n: 1): "one", Key(n: 2): "two"}.toTable
