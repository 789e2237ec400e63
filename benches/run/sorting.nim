## Sorting: the library's with a comparison of numbers and of text, and a quicksort written out.
import std/[algorithm, times]

var state = 42'u32

proc next(): int =
  state = state * 1664525'u32 + 1013904223'u32
  int(state shr 8)

proc quicksort(a: var seq[int], low, high: int) =
  if low >= high: return
  let pivot = a[(low + high) div 2]
  var i = low
  var j = high
  while i <= j:
    while a[i] < pivot: inc i
    while a[j] > pivot: dec j
    if i <= j:
      swap(a[i], a[j])
      inc i
      dec j
  quicksort(a, low, j)
  quicksort(a, i, high)

proc checkSorted[T](a: seq[T]) =
  for i in 1 ..< a.len: doAssert a[i - 1] <= a[i]

proc run(n: int): int =
  var numbers = newSeq[int](n)
  for x in numbers.mitems: x = next()
  var copy = numbers
  quicksort(copy, 0, n - 1)
  numbers.sort()
  doAssert numbers == copy
  checkSorted(numbers)
  copy.sort(proc (a, b: int): int = cmp(b, a))
  doAssert copy[0] == numbers[^1]
  var texts: seq[string]
  for i in 0 ..< n div 8: texts.add $next()
  texts.sort(cmp[string])
  checkSorted(texts)
  numbers[n div 2] + texts[n div 16].len

let start = cpuTime()
var total = 0
for round in 1 .. 3: total += run(50_000)
echo "time ", int((cpuTime() - start) * 1e9)
echo total
