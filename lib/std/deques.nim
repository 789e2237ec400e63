## Double-ended queues: a ring of elements that grows and shrinks at both ends.

import std/hashes
import private/relaid

type
  Deque*[T] = object
    ## Elements from first to last.
    data: seq[T] # as many as a power of two
    head, count: int

const defaultInitialSize* = 4

template mask(deq: untyped): int = deq.data.len - 1

proc migrated[T: Relaid](value: var Deque[T]) =
  # A reload has converted what is in it. Around the elements is nothing.
  for i in value.count ..< value.data.len: value.data[(value.head + i) and mask(value)] = default(T)

proc room(wanted: int): int =
  result = 1
  while result < wanted: result = result * 2

proc initDeque*[T](initialSize: int = defaultInitialSize): Deque[T] =
  ## An empty deque with room for so many elements.
  newSeq(result.data, room(initialSize))

func len*[T](deq: Deque[T]): int {.inline.} = deq.count
  ## The number of elements.

proc notEmpty[T](deq: Deque[T]) {.inline.} =
  if deq.count == 0: raise newException(IndexDefect, "Empty deque.")

proc checkIndex[T](deq: Deque[T], i: int) {.inline.} =
  if i < 0 or i >= deq.count:
    raise newException(IndexDefect, "Out of bounds: " & $i & " > " & $(deq.count - 1))

func `[]`*[T](deq: Deque[T], i: Natural): lent T =
  ## The element at `i`, counted from the first.
  checkIndex(deq, i)
  deq.data[(deq.head + i) and mask(deq)]

func `[]`*[T](deq: var Deque[T], i: Natural): var T =
  ## The element at `i`, to be changed in place.
  checkIndex(deq, i)
  deq.data[(deq.head + i) and mask(deq)]

func `[]=`*[T](deq: var Deque[T], i: Natural, val: sink T) =
  ## Sets the element at `i`.
  checkIndex(deq, i)
  deq.data[(deq.head + i) and mask(deq)] = val

func `[]`*[T](deq: Deque[T], i: BackwardsIndex): lent T =
  ## The element at `i`, counted from the end.
  checkIndex(deq, deq.count - int(i))
  deq.data[(deq.head + deq.count - int(i)) and mask(deq)]

func `[]`*[T](deq: var Deque[T], i: BackwardsIndex): var T =
  checkIndex(deq, deq.count - int(i))
  deq.data[(deq.head + deq.count - int(i)) and mask(deq)]

func `[]=`*[T](deq: var Deque[T], i: BackwardsIndex, x: sink T) =
  checkIndex(deq, deq.count - int(i))
  deq.data[(deq.head + deq.count - int(i)) and mask(deq)] = x

iterator items*[T](deq: Deque[T]): lent T =
  ## The elements, first to last.
  for i in 0 ..< deq.count: yield deq.data[(deq.head + i) and mask(deq)]

iterator mitems*[T](deq: var Deque[T]): var T =
  ## The elements, to be changed.
  for i in 0 ..< deq.count: yield deq.data[(deq.head + i) and mask(deq)]

iterator pairs*[T](deq: Deque[T]): tuple[key: int, val: T] =
  ## Indices and elements.
  for i in 0 ..< deq.count: yield (i, deq.data[(deq.head + i) and mask(deq)])

proc contains*[T](deq: Deque[T], item: T): bool =
  ## Is it in?
  for x in items(deq):
    if x == item: return true
  false

proc makeRoom[T](deq: var Deque[T]) =
  if deq.data.len == 0: newSeq(deq.data, defaultInitialSize)
  if deq.count < deq.data.len: return
  var wider = newSeq[T](deq.data.len * 2)
  for i in 0 ..< deq.count: wider[i] = move(deq.data[(deq.head + i) and mask(deq)])
  deq.data = move(wider)
  deq.head = 0

proc addFirst*[T](deq: var Deque[T], item: sink T) =
  ## Puts `item` before the first.
  makeRoom(deq)
  deq.head = (deq.head - 1) and mask(deq)
  inc deq.count
  deq.data[deq.head] = item

proc addLast*[T](deq: var Deque[T], item: sink T) =
  ## Puts `item` after the last.
  makeRoom(deq)
  deq.data[(deq.head + deq.count) and mask(deq)] = item
  inc deq.count

proc toDeque*[T](x: openArray[T]): Deque[T] =
  ## A deque of these elements.
  newSeq(result.data, room(x.len))
  for item in items(x): result.addLast(item)

func peekFirst*[T](deq: Deque[T]): lent T =
  ## The first element.
  notEmpty(deq)
  deq.data[deq.head]

func peekFirst*[T](deq: var Deque[T]): var T =
  ## The first element, to be changed.
  notEmpty(deq)
  deq.data[deq.head]

func peekLast*[T](deq: Deque[T]): lent T =
  ## The last element.
  notEmpty(deq)
  deq.data[(deq.head + deq.count - 1) and mask(deq)]

func peekLast*[T](deq: var Deque[T]): var T =
  ## The last element, to be changed.
  notEmpty(deq)
  deq.data[(deq.head + deq.count - 1) and mask(deq)]

proc popFirst*[T](deq: var Deque[T]): T {.discardable.} =
  ## Takes the first element out.
  notEmpty(deq)
  result = move(deq.data[deq.head])
  deq.head = (deq.head + 1) and mask(deq)
  dec deq.count

proc popLast*[T](deq: var Deque[T]): T {.discardable.} =
  ## Takes the last element out.
  notEmpty(deq)
  dec deq.count
  result = move(deq.data[(deq.head + deq.count) and mask(deq)])

proc clear*[T](deq: var Deque[T]) =
  ## Takes all out.
  for x in mitems(deq): reset(x)
  deq.count = 0
  deq.head = 0

proc shrink*[T](deq: var Deque[T], fromFirst = 0, fromLast = 0) =
  ## Takes so many out at the front and at the back; all, if that is more than there are.
  if fromFirst + fromLast > deq.count:
    clear(deq)
    return
  for _ in 1 .. fromFirst: discard popFirst(deq)
  for _ in 1 .. fromLast: discard popLast(deq)

proc `$`*[T](deq: Deque[T]): string =
  ## `[first, …, last]`
  result = "["
  for x in deq:
    if result.len > 1: result.add(", ")
    result.addQuoted(x)
  result.add("]")

func `==`*[T](deq1, deq2: Deque[T]): bool =
  ## The same elements in the same order?
  if deq1.len != deq2.len: return false
  for i in 0 ..< deq1.len:
    if deq1.data[(deq1.head + i) and mask(deq1)] != deq2.data[(deq2.head + i) and mask(deq2)]: return false
  true

func hash*[T](deq: Deque[T]): Hash =
  ## Equal deques have equal hashes.
  mixin hash
  var h: Hash = 0
  for x in deq: h = h !& hash(x)
  !$h
