## Binary heaps: the smallest element, by `<`, is always at hand.

import private/relaid

type
  HeapQueue*[T] = object
    ## A heap; the element at 0 is the smallest.
    data: seq[T]

proc initHeapQueue*[T](): HeapQueue[T] = discard
  ## An empty heap.

proc len*[T](heap: HeapQueue[T]): int {.inline.} = heap.data.len
  ## The number of elements.

proc `[]`*[T](heap: HeapQueue[T], i: Natural): lent T {.inline.} = heap.data[i]
  ## The element at `i` of the heap's own order.

iterator items*[T](heap: HeapQueue[T]): lent T {.inline.} =
  ## The elements in the heap's own order.
  for x in heap.data: yield x

proc siftUp[T](heap: var HeapQueue[T], start, at: int) =
  # Moves the element at `at` towards `start` until its parent is not greater.
  mixin `<`
  var at = at
  let item = heap.data[at]
  while at > start:
    let parent = (at - 1) shr 1
    if not (item < heap.data[parent]): break
    heap.data[at] = heap.data[parent]
    at = parent
  heap.data[at] = item

proc siftDown[T](heap: var HeapQueue[T], start: int) =
  # The smaller children move up all the way; then the element goes back up to where it belongs.
  mixin `<`
  let stop = heap.data.len
  var at = start
  let item = heap.data[at]
  var child = 2 * at + 1
  while child < stop:
    let right = child + 1
    if right < stop and not (heap.data[child] < heap.data[right]): child = right
    heap.data[at] = heap.data[child]
    at = child
    child = 2 * at + 1
  heap.data[at] = item
  siftUp(heap, start, at)

proc push*[T](heap: var HeapQueue[T], item: sink T) =
  ## Puts `item` in.
  heap.data.add(item)
  siftUp(heap, 0, heap.data.len - 1)

proc toHeapQueue*[T](x: openArray[T]): HeapQueue[T] =
  ## A heap of these elements.
  result.data = @x
  for i in countdown(x.len div 2 - 1, 0): siftDown(result, i)

proc migrated[T: Relaid](value: var HeapQueue[T]) =
  # A reload has converted what is in it, or changed `<`.
  mixin `<`
  for i in 1 ..< value.data.len:
    if value.data[i] < value.data[(i - 1) shr 1]:
      for start in countdown(value.data.len div 2 - 1, 0): siftDown(value, start)
      return

proc pop*[T](heap: var HeapQueue[T]): T =
  ## Takes the smallest element out.
  let last = heap.data.pop()
  if heap.data.len == 0: return last
  result = heap.data[0]
  heap.data[0] = last
  siftDown(heap, 0)

proc find*[T](heap: HeapQueue[T], x: T): int =
  ## Where an equal element is, or -1.
  for i in 0 ..< heap.len:
    if heap.data[i] == x: return i
  -1

proc contains*[T](heap: HeapQueue[T], x: T): bool = find(heap, x) >= 0
  ## Is an equal element in?

proc del*[T](heap: var HeapQueue[T], index: Natural) =
  ## Takes the element at `index` out.
  swap(heap.data[^1], heap.data[index])
  let count = heap.data.len - 1
  heap.data.setLen(count)
  if index < count:
    siftDown(heap, index)
    siftUp(heap, 0, index)

proc replace*[T](heap: var HeapQueue[T], item: sink T): T =
  ## Takes the smallest out and puts `item` in.
  result = heap.data[0]
  heap.data[0] = item
  siftDown(heap, 0)

proc pushpop*[T](heap: var HeapQueue[T], item: sink T): T =
  ## Puts `item` in and takes the smallest out.
  mixin `<`
  if heap.data.len > 0 and heap.data[0] < item:
    result = heap.data[0]
    heap.data[0] = item
    siftDown(heap, 0)
  else: result = item

proc clear*[T](heap: var HeapQueue[T]) = heap.data.setLen(0)
  ## Takes all out.

proc `$`*[T](heap: HeapQueue[T]): string =
  ## `[element, …]` in the heap's own order.
  result = "["
  for x in heap.data:
    if result.len > 1: result.add(", ")
    result.addQuoted(x)
  result.add("]")
