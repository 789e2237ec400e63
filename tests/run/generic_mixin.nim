discard """
  output: '''
[P1][P2][1][2][a]
@[P1, P2, P3]
@["apple", "fig", "pear"]
'''
"""
# A generic finds procs for its argument types where it is used.
proc show[T](xs: openArray[T]): string =
  for x in xs: result.add("[" & $x & "]")
type P = object
  v: int
proc `$`(p: P): string = "P" & $p.v
echo show([P(v: 1), P(v: 2)]), show([1, 2]), show(["a"])
proc sortInPlace[T](xs: var seq[T]) =
  for i in 1 ..< xs.len:
    var j = i
    while j > 0 and xs[j] < xs[j - 1]:
      swap(xs[j], xs[j - 1])
      dec j
proc `<`(a, b: P): bool = a.v < b.v
var ps = @[P(v: 3), P(v: 1), P(v: 2)]
sortInPlace(ps)
echo ps
var ss = @["pear", "apple", "fig"]
sortInPlace(ss)
echo ss
