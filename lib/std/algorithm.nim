## Sorting, searching, reversing, rotating and permuting.

type SortOrder* = enum
  ## From the smallest up, or from the largest down.
  Descending, Ascending

proc `*`*(x: int, order: SortOrder): int =
  ## The result of a comparison, turned round for `Descending`.
  if order == Ascending: x else: -x

proc fill*[T](a: var openArray[T], first, last: Natural, value: T) =
  ## Sets the elements from `first` to `last`.
  for i in int(first) .. int(last): a[i] = value

proc fill*[T](a: var openArray[T], value: T) =
  ## Sets all elements.
  for i in 0 ..< a.len: a[i] = value

proc reverse*[T](a: var openArray[T], first, last: Natural) =
  ## Turns the elements from `first` to `last` round.
  var i = int(first)
  var j = int(last)
  while i < j:
    swap(a[i], a[j])
    inc i
    dec j

proc reverse*[T](a: var openArray[T]) =
  ## Turns all elements round.
  if a.len > 1: reverse(a, 0, a.len - 1)

proc reversed*[T](a: openArray[T]): seq[T] =
  ## The elements from the last to the first.
  result = newSeq[T](a.len)
  for i in 0 ..< a.len: result[i] = a[a.len - 1 - i]

proc reversed*[T](a: openArray[T], first: Natural, last: int): seq[T] =
  ## The elements from `last` to `first`.
  for i in countdown(last, int(first)): result.add(a[i])

# Searching in what is sorted

proc lowerBound*[T, K](a: openArray[T], key: K, cmp: proc (x: T, k: K): int): int =
  ## The first place whose element is not below `key`; the length when there is none.
  var count = a.len
  while count > 0:
    let step = count div 2
    if cmp(a[result + step], key) < 0:
      result = result + step + 1
      count = count - step - 1
    else: count = step

proc lowerBound*[T](a: openArray[T], key: T): int =
  var count = a.len
  while count > 0:
    let step = count div 2
    if cmp(a[result + step], key) < 0:
      result = result + step + 1
      count = count - step - 1
    else: count = step

proc upperBound*[T, K](a: openArray[T], key: K, cmp: proc (x: T, k: K): int): int =
  ## The first place whose element is above `key`; the length when there is none.
  var count = a.len
  while count > 0:
    let step = count div 2
    if cmp(a[result + step], key) <= 0:
      result = result + step + 1
      count = count - step - 1
    else: count = step

proc upperBound*[T](a: openArray[T], key: T): int =
  var count = a.len
  while count > 0:
    let step = count div 2
    if cmp(a[result + step], key) <= 0:
      result = result + step + 1
      count = count - step - 1
    else: count = step

proc binarySearch*[T, K](a: openArray[T], key: K, cmp: proc (x: T, y: K): int): int =
  ## Where `key` is, or -1.
  let at = lowerBound(a, key, cmp)
  if at < a.len and cmp(a[at], key) == 0: at else: -1

proc binarySearch*[T](a: openArray[T], key: T): int =
  let at = lowerBound(a, key)
  if at < a.len and cmp(a[at], key) == 0: at else: -1

# Sorting: merge sort from the bottom up, which is stable

proc mergeRuns[T](src: openArray[T], dst: var seq[T], first, middle, last: int,
                  cmp: proc (x, y: T): int, order: SortOrder) =
  var i = first
  var j = middle
  for k in first ..< last:
    if i < middle and (j >= last or cmp(src[i], src[j]) * order <= 0):
      dst[k] = src[i]
      inc i
    else:
      dst[k] = src[j]
      inc j

proc insertRuns[T](a: var openArray[T], size: int, cmp: proc (x, y: T): int, order: SortOrder) =
  var first = 0
  while first < a.len:
    for i in first + 1 ..< min(first + size, a.len):
      var j = i
      while j > first and cmp(a[j - 1], a[j]) * order > 0:
        swap(a[j - 1], a[j])
        dec j
    first += size

proc sort*[T](a: var openArray[T], cmp: proc (x, y: T): int, order = SortOrder.Ascending) =
  ## Sorts in place by `cmp`, which gives a negative number, zero or a positive one. What is equal keeps its order.
  const run = 8
  insertRuns(a, run, cmp, order)
  if a.len <= run: return
  var src = newSeq[T](a.len)
  for i in 0 ..< a.len: src[i] = move(a[i])
  var dst = newSeq[T](a.len)
  var size = run
  while size < src.len:
    var first = 0
    while first < src.len:
      mergeRuns(src, dst, first, min(first + size, src.len), min(first + 2 * size, src.len), cmp, order)
      first += 2 * size
    swap(src, dst)
    size = size * 2
  for i in 0 ..< a.len: a[i] = move(src[i])

proc sort*[T](a: var openArray[T], order = SortOrder.Ascending) =
  ## Sorts in place by `<`.
  sort(a, proc (x, y: T): int = cmp(x, y), order)

proc sorted*[T](a: openArray[T], cmp: proc (x, y: T): int, order = SortOrder.Ascending): seq[T] =
  ## A sorted copy.
  result = newSeq[T](a.len)
  for i in 0 ..< a.len: result[i] = a[i]
  sort(result, cmp, order)

proc sorted*[T](a: openArray[T], order = SortOrder.Ascending): seq[T] =
  sorted(a, proc (x, y: T): int = cmp(x, y), order)

template sortedByIt*(seq1, op: untyped): untyped =
  ## A copy sorted by an expression of each element, `it`.
  sorted(seq1, proc (x, y: typeof(items(seq1), typeOfIter)): int =
    var it {.inject.} = x
    let a = op
    it = y
    let b = op
    cmp(a, b))

proc isSorted*[T](a: openArray[T], cmp: proc (x, y: T): int, order = SortOrder.Ascending): bool =
  ## Is it sorted?
  for i in 1 ..< a.len:
    if cmp(a[i - 1], a[i]) * order > 0: return false
  true

proc isSorted*[T](a: openArray[T], order = SortOrder.Ascending): bool =
  for i in 1 ..< a.len:
    if cmp(a[i - 1], a[i]) * order > 0: return false
  true

proc merge*[T](result: var seq[T], x, y: openArray[T], cmp: proc (x, y: T): int) =
  ## Adds the elements of two sorted ones in order.
  var i = 0
  var j = 0
  while i < x.len or j < y.len:
    if i < x.len and (j >= y.len or cmp(x[i], y[j]) <= 0):
      result.add(x[i])
      inc i
    else:
      result.add(y[j])
      inc j

proc merge*[T](result: var seq[T], x, y: openArray[T]) =
  merge(result, x, y, proc (x, y: T): int = cmp(x, y))

# Permutations and rotations

proc product*[T](x: openArray[seq[T]]): seq[seq[T]] =
  ## All ways to take one element of each, the first changing slowest from the last to the first.
  if x.len == 0: return
  for s in x:
    if s.len == 0: return
  var at = newSeq[int](x.len)
  for i in 0 ..< x.len: at[i] = x[i].len - 1
  while true:
    var one = newSeq[T](x.len)
    for i in 0 ..< x.len: one[i] = x[i][at[i]]
    result.add(one)
    var k = 0
    while k < x.len and at[k] == 0:
      at[k] = x[k].len - 1
      inc k
    if k == x.len: return
    dec at[k]

proc nextPermutation*[T](x: var openArray[T]): bool {.discardable.} =
  ## The next larger order of the elements; false, and no change, when there is none.
  var i = x.len - 1
  while i > 0 and x[i - 1] >= x[i]: dec i
  if i <= 0: return false
  var j = x.len - 1
  while x[j] <= x[i - 1]: dec j
  swap(x[i - 1], x[j])
  reverse(x, i, x.len - 1)
  true

proc prevPermutation*[T](x: var openArray[T]): bool {.discardable.} =
  ## The next smaller order of the elements; false, and no change, when there is none.
  var i = x.len - 1
  while i > 0 and x[i - 1] <= x[i]: dec i
  if i <= 0: return false
  var j = x.len - 1
  while x[j] >= x[i - 1]: dec j
  swap(x[i - 1], x[j])
  reverse(x, i, x.len - 1)
  true

proc rotateLeft*[T](arg: var openArray[T], slice: HSlice[int, int], dist: int): int {.discardable.} =
  ## Moves the elements of the slice so many places to the left, round its end. Gives where the first of them came to.
  let n = slice.b - slice.a + 1
  if n <= 0: return slice.a
  let d = ((dist mod n) + n) mod n
  if d > 0:
    reverse(arg, slice.a, slice.a + d - 1)
    reverse(arg, slice.a + d, slice.b)
    reverse(arg, slice.a, slice.b)
  slice.a + n - d

proc rotateLeft*[T](arg: var openArray[T], dist: int): int {.discardable.} =
  rotateLeft(arg, 0 .. arg.len - 1, dist)

proc rotatedLeft*[T](arg: openArray[T], slice: HSlice[int, int], dist: int): seq[T] =
  ## A rotated copy.
  result = newSeq[T](arg.len)
  for i in 0 ..< arg.len: result[i] = arg[i]
  discard rotateLeft(result, slice, dist)

proc rotatedLeft*[T](arg: openArray[T], dist: int): seq[T] =
  rotatedLeft(arg, 0 .. arg.len - 1, dist)
