discard """
  output: '''
a!b!c!
3zq
3.5 0.25
@[3, 2, 1]@['c', 'b', 'a']@["y", "x"]
index 2 not in 0 .. 1
'''
"""
proc shout(xs: openArray[string]): string =
  for x in xs: result.add(x & "!")
proc last[T](xs: openArray[T]): T = xs[^1]
proc total(xs: openArray[float]): float =
  for x in xs: result += x
echo shout(["a", "b"]), shout(@["c"]), shout(newSeq[string]())
echo last([1, 2, 3]), last("xyz"), last(@["p", "q"])
echo total([1.0, 2.5]), " ", total(@[0.25])
proc rev[T](xs: openArray[T]): seq[T] =
  for i in countdown(xs.high, 0): result.add(xs[i])
echo rev([1, 2, 3]), rev("abc"), rev(["x", "y"])
proc idx(xs: openArray[int], i: int): int = xs[i]
try:
  echo idx([1, 2], 2)
except IndexDefect as e:
  echo e.msg
