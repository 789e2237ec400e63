import tables
type X* = object
  t*: Table[string, int]
template get*(x: X, k: string): int = x.t[k]
template put*(x: X, k: string, v: int) = x.t[k] = v
template more*(x: X, k: string) = x.t[k] += 1
