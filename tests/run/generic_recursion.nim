discard """
  output: '''
0123
@[1, 2, 3, 4]
@[1, 2, 3]@["a", "b"]@[]
'''
"""
# Generics that call themselves and each other, one with another type.
proc depth[T](x: T): int =
  when T is seq:
    if x.len == 0: 1 else: 1 + depth(x[0])
  else: 0
echo depth(1), depth(@[1]), depth(@[@[1]]), depth(@[@[@["a"]]])
proc flat[T](xs: seq[T], into: var seq[int]) =
  for x in xs:
    when x is int: into.add(x)
    else: flat(x, into)
var all: seq[int]
flat(@[@[@[1, 2], @[3]], @[@[4]]], all)
echo all
proc quick[T](xs: seq[T]): seq[T] =
  if xs.len <= 1: return xs
  var lo, hi: seq[T]
  for i in 1 ..< xs.len:
    if xs[i] < xs[0]: lo.add(xs[i]) else: hi.add(xs[i])
  quick(lo) & xs[0] & quick(hi)
echo quick(@[3, 1, 2]), quick(@["b", "a"]), quick(newSeq[float]())
