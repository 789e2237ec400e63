iterator upTo*(n: int): int =
  var i = 0
  while i < n:
    yield i
    inc i
iterator neighbours*[T](xs: seq[T]): (T, T) =
  for i in 1 ..< xs.len: yield (xs[i - 1], xs[i])
type
  Tree* = object
    name*: string
    kids*: seq[Tree]
  Meter* = distinct int
iterator items*(t: Tree): Tree =
  for k in t.kids: yield k
converter toMeter*(x: int): Meter = Meter(x)
