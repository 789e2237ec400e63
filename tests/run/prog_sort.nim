discard """
  output: '''
[1, 2, 5, 9]@["a", "b", "c", "d"]
true true 200
'''
"""
# Three sorts over one generic interface.
proc bubble[T](xs: var openArray[T]) =
  for i in 0 ..< xs.len:
    for j in 0 ..< xs.len - 1 - i:
      if xs[j + 1] < xs[j]: swap(xs[j], xs[j + 1])
proc merge[T](a, b: seq[T]): seq[T] =
  var i, j = 0
  while i < a.len and j < b.len:
    if b[j] < a[i]:
      result.add(b[j])
      inc j
    else:
      result.add(a[i])
      inc i
  while i < a.len: (result.add(a[i]); inc i)
  while j < b.len: (result.add(b[j]); inc j)
proc mergeSort[T](xs: seq[T]): seq[T] =
  if xs.len < 2: return xs
  let m = xs.len div 2
  merge(mergeSort(xs[0 ..< m]), mergeSort(xs[m .. ^1]))
proc heapSort[T](xs: var seq[T]) =
  proc sift(xs: var seq[T], start, stop: int) =
    var root = start
    while root * 2 + 1 <= stop:
      var child = root * 2 + 1
      if child + 1 <= stop and xs[child] < xs[child + 1]: inc child
      if not (xs[root] < xs[child]): return
      swap(xs[root], xs[child])
      root = child
  for s in countdown(xs.len div 2 - 1, 0): sift(xs, s, xs.high)
  for e in countdown(xs.high, 1):
    swap(xs[0], xs[e])
    sift(xs, 0, e - 1)
var a = [5, 2, 9, 1]
bubble(a)
echo a, mergeSort(@["d", "a", "c", "b"])
var seed = 42
var big: seq[int]
for _ in 1..200:
  seed = (seed * 1103515245 + 12345) mod 2147483647
  big.add(seed mod 1000)
var h = big
heapSort(h)
echo h == mergeSort(big), " ", h[0] <= h[^1], " ", h.len
