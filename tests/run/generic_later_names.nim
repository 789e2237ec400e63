discard """
  output: '''
prim 1
seq 1
prim 2
prim a
prim c
a
4
@[0, 0, 0]@["x", "x"]
'''
"""
# Branches of `when` in a generic routine may name what is declared after it.
proc store*[T](x: T) =
  when T is tuple:
    for y in fields(x):
      when y is seq: storeSeq(y)
      else: store(y)
  else:
    echo "prim ", x
proc storeSeq*[T](s: seq[T]) =
  echo "seq ", s.len
  for e in s: store(e)
store((1, @[(2, "a")], "c"))

# A default may be that of a generic type.
proc assignIfDefault*[T](result: var T, val: T, def = default(T)) =
  if result == def: result = val
var s = ""
assignIfDefault(s, "a")
assignIfDefault(s, "b")
echo s
var i = 0
i.assignIfDefault(4)
echo i
proc mk[T](n: int, init: T = default(T)): seq[T] =
  for j in 0..<n: result.add init
echo mk[int](3), mk(2, "x")
