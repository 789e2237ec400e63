## Linked lists: singly and doubly linked, each also as a ring.

type
  SinglyLinkedNodeObj*[T] = object
    next*: SinglyLinkedNode[T] ## The one behind it, or nil.
    value*: T
  SinglyLinkedNode*[T] = ref SinglyLinkedNodeObj[T]
    ## A node of a singly linked list or ring.
  DoublyLinkedNodeObj*[T] = object
    next*: DoublyLinkedNode[T] ## The one behind it, or nil.
    prev* {.cursor.}: DoublyLinkedNode[T] ## The one before it, or nil.
    value*: T
  DoublyLinkedNode*[T] = ref DoublyLinkedNodeObj[T]
    ## A node of a doubly linked list or ring.
  SinglyLinkedList*[T] = object
    head*: SinglyLinkedNode[T] ## The first node, or nil.
    tail* {.cursor.}: SinglyLinkedNode[T] ## The last one.
  DoublyLinkedList*[T] = object
    head*: DoublyLinkedNode[T] ## The first node, or nil.
    tail* {.cursor.}: DoublyLinkedNode[T] ## The last one.
  SinglyLinkedRing*[T] = object
    head*: SinglyLinkedNode[T] ## Any node, or nil.
    tail* {.cursor.}: SinglyLinkedNode[T] ## The one before the head.
  DoublyLinkedRing*[T] = object
    head*: DoublyLinkedNode[T] ## Any node, or nil.
  SomeLinkedList*[T] = SinglyLinkedList[T] | DoublyLinkedList[T]
  SomeLinkedRing*[T] = SinglyLinkedRing[T] | DoublyLinkedRing[T]
  SomeLinkedCollection*[T] = SomeLinkedList[T] | SomeLinkedRing[T]
  SomeLinkedNode*[T] = SinglyLinkedNode[T] | DoublyLinkedNode[T]

proc initSinglyLinkedList*[T](): SinglyLinkedList[T] = discard
  ## An empty list.
proc initDoublyLinkedList*[T](): DoublyLinkedList[T] = discard
  ## An empty list.
proc initSinglyLinkedRing*[T](): SinglyLinkedRing[T] = discard
  ## An empty ring.
proc initDoublyLinkedRing*[T](): DoublyLinkedRing[T] = discard
  ## An empty ring.

proc newSinglyLinkedNode*[T](value: T): SinglyLinkedNode[T] = SinglyLinkedNode[T](value: value)
  ## A node that is in no list.
proc newDoublyLinkedNode*[T](value: T): DoublyLinkedNode[T] = DoublyLinkedNode[T](value: value)
  ## A node that is in no list.

iterator nodes*[T](L: SomeLinkedList[T]): SomeLinkedNode[T] =
  ## The nodes, first to last. The one that is given may be removed meanwhile.
  var it = L.head
  while it != nil:
    let next = it.next
    yield it
    it = next

iterator nodes*[T](L: SomeLinkedRing[T]): SomeLinkedNode[T] =
  ## The nodes from the head on, once around.
  var it = L.head
  if it != nil:
    while true:
      let next = it.next
      yield it
      it = next
      if it == nil or it == L.head: break

iterator items*[T](L: SomeLinkedList[T]): T =
  ## The values, first to last.
  var it = L.head
  while it != nil:
    yield it.value
    it = it.next

iterator items*[T](L: SomeLinkedRing[T]): T =
  ## The values from the head on, once around.
  var it = L.head
  if it != nil:
    while true:
      yield it.value
      it = it.next
      if it == nil or it == L.head: break

iterator mitems*[T](L: var SomeLinkedList[T]): var T =
  ## The values, to be changed.
  var it = L.head
  while it != nil:
    yield it.value
    it = it.next

iterator mitems*[T](L: var SomeLinkedRing[T]): var T =
  ## The values, to be changed.
  var it = L.head
  if it != nil:
    while true:
      yield it.value
      it = it.next
      if it == nil or it == L.head: break

proc `$`*[T](L: SomeLinkedCollection[T]): string =
  ## `[value, …]`
  result = "["
  for x in nodes(L):
    if result.len > 1: result.add(", ")
    result.addQuoted(x.value)
  result.add("]")

proc find*[T](L: SomeLinkedCollection[T], value: T): SomeLinkedNode[T] =
  ## The first node with the value, or nil.
  for x in nodes(L):
    if x.value == value: return x

proc contains*[T](L: SomeLinkedCollection[T], value: T): bool =
  ## Is the value in?
  for x in nodes(L):
    if x.value == value: return true
  false

# Singly linked

proc prepend*[T](L: var SinglyLinkedList[T], n: SinglyLinkedNode[T]) =
  ## Puts the node first.
  n.next = L.head
  L.head = n
  if L.tail == nil: L.tail = n

proc prepend*[T](L: var SinglyLinkedList[T], value: T) = prepend(L, newSinglyLinkedNode(value))
  ## Puts the value first.

proc add*[T](L: var SinglyLinkedList[T], n: SinglyLinkedNode[T]) =
  ## Puts the node last.
  n.next = nil
  if L.tail != nil: L.tail.next = n
  L.tail = n
  if L.head == nil: L.head = n

proc add*[T](L: var SinglyLinkedList[T], value: T) = add(L, newSinglyLinkedNode(value))
  ## Puts the value last.

proc remove*[T](L: var SinglyLinkedList[T], n: SinglyLinkedNode[T]): bool {.discardable.} =
  ## Takes the node out. Was it in?
  if L.head == nil: return false
  if n == L.head:
    L.head = n.next
    # A list that was tied to a ring is one again.
    if L.tail.next == n: L.tail.next = L.head
    elif L.tail == n: L.tail = nil
    return true
  var prev = L.head
  while prev.next != n and prev.next != nil: prev = prev.next
  if prev.next == nil: return false
  if L.tail == n: L.tail = prev
  prev.next = n.next
  true

proc add*[T](L: var SinglyLinkedRing[T], n: SinglyLinkedNode[T]) =
  ## Puts the node before the head.
  if L.head != nil:
    n.next = L.head
    L.tail.next = n
  else:
    n.next = n
    L.head = n
  L.tail = n

proc add*[T](L: var SinglyLinkedRing[T], value: T) = add(L, newSinglyLinkedNode(value))
  ## Puts the value before the head.

proc prepend*[T](L: var SinglyLinkedRing[T], n: SinglyLinkedNode[T]) =
  ## Puts the node first.
  add(L, n)
  L.head = n
  var last = n
  while last.next != n: last = last.next
  L.tail = last

proc prepend*[T](L: var SinglyLinkedRing[T], value: T) = prepend(L, newSinglyLinkedNode(value))
  ## Puts the value first.

# Doubly linked

proc prepend*[T](L: var DoublyLinkedList[T], n: DoublyLinkedNode[T]) =
  ## Puts the node first.
  n.next = L.head
  n.prev = nil
  if L.head != nil: L.head.prev = n
  L.head = n
  if L.tail == nil: L.tail = n

proc prepend*[T](L: var DoublyLinkedList[T], value: T) = prepend(L, newDoublyLinkedNode(value))
  ## Puts the value first.

proc add*[T](L: var DoublyLinkedList[T], n: DoublyLinkedNode[T]) =
  ## Puts the node last.
  n.next = nil
  n.prev = L.tail
  if L.tail != nil: L.tail.next = n
  L.tail = n
  if L.head == nil: L.head = n

proc add*[T](L: var DoublyLinkedList[T], value: T) = add(L, newDoublyLinkedNode(value))
  ## Puts the value last.

proc remove*[T](L: var DoublyLinkedList[T], n: DoublyLinkedNode[T]) =
  ## Takes the node out, which must be in.
  if n == L.tail: L.tail = n.prev
  if n == L.head: L.head = n.next
  if n.next != nil: n.next.prev = n.prev
  if n.prev != nil: n.prev.next = n.next

proc add*[T](L: var DoublyLinkedRing[T], n: DoublyLinkedNode[T]) =
  ## Puts the node before the head.
  if L.head == nil:
    n.prev = n
    n.next = n
    L.head = n
  else:
    let last = L.head.prev
    n.next = L.head
    n.prev = last
    last.next = n
    L.head.prev = n

proc add*[T](L: var DoublyLinkedRing[T], value: T) = add(L, newDoublyLinkedNode(value))
  ## Puts the value before the head.

proc prepend*[T](L: var DoublyLinkedRing[T], n: DoublyLinkedNode[T]) =
  ## Puts the node first.
  add(L, n)
  L.head = n

proc prepend*[T](L: var DoublyLinkedRing[T], value: T) = prepend(L, newDoublyLinkedNode(value))
  ## Puts the value first.

proc remove*[T](L: var DoublyLinkedRing[T], n: DoublyLinkedNode[T]) =
  ## Takes the node out, which must be in.
  let next = n.next
  let prev = n.prev
  next.prev = prev
  prev.next = next
  if n == L.head: L.head = if prev == n: nil else: prev
  if next == n: n.next = nil

# Several at once

proc append*[T](a: var (SinglyLinkedList[T] | SinglyLinkedRing[T]), b: SinglyLinkedList[T] | SinglyLinkedRing[T]) =
  ## Puts copies of the values of `b` last.
  for x in items(b): a.add(x)
proc append*[T](a: var (DoublyLinkedList[T] | DoublyLinkedRing[T]), b: DoublyLinkedList[T] | DoublyLinkedRing[T]) =
  ## Puts copies of the values of `b` last.
  for x in items(b): a.add(x)
proc append*[T](a: var SomeLinkedCollection[T], value: T) = a.add(value)
  ## The same as `add`.
proc append*[T](a: var SomeLinkedCollection[T], n: SomeLinkedNode[T]) = a.add(n)
  ## The same as `add`.

proc copy*[T](a: SinglyLinkedList[T]): SinglyLinkedList[T] =
  ## A list of its own with the same values.
  for x in items(a): result.add(x)
proc copy*[T](a: DoublyLinkedList[T]): DoublyLinkedList[T] =
  ## A list of its own with the same values.
  for x in items(a): result.add(x)

proc toSinglyLinkedList*[T](elems: openArray[T]): SinglyLinkedList[T] =
  ## A list of these values.
  for elem in elems.items: result.add(elem)
proc toDoublyLinkedList*[T](elems: openArray[T]): DoublyLinkedList[T] =
  ## A list of these values.
  for elem in elems.items: result.add(elem)
proc toSinglyLinkedRing*[T](elems: openArray[T]): SinglyLinkedRing[T] =
  ## A ring of these values.
  for elem in elems.items: result.add(elem)
proc toDoublyLinkedRing*[T](elems: openArray[T]): DoublyLinkedRing[T] =
  ## A ring of these values.
  for elem in elems.items: result.add(elem)

proc addMoved*[T](a, b: var SinglyLinkedList[T]) =
  ## Moves the nodes of `b` to the end of `a`.
  if b.head != nil:
    if a.head == nil: a.head = b.head
    else: a.tail.next = b.head
    a.tail = b.tail
  if a.addr != b.addr:
    b.head = nil
    b.tail = nil

proc addMoved*[T](a, b: var DoublyLinkedList[T]) =
  ## Moves the nodes of `b` to the end of `a`.
  if b.head != nil:
    if a.head == nil: a.head = b.head
    else:
      b.head.prev = a.tail
      a.tail.next = b.head
    a.tail = b.tail
  if a.addr != b.addr:
    b.head = nil
    b.tail = nil

proc prependMoved*[T](a, b: var SomeLinkedList[T]) =
  ## Moves the nodes of `b` to the front of `a`.
  b.addMoved(a)
  swap(a, b)

proc appendMoved*[T: SomeLinkedList](a, b: var T) = a.addMoved(b)
  ## The same as `addMoved`.

proc add*[T: SomeLinkedList](a: var T, b: T) =
  ## Puts copies of the values of `b` last.
  var copied = b.copy
  a.addMoved(copied)

proc prepend*[T: SomeLinkedList](a: var T, b: T) =
  ## Puts copies of the values of `b` first.
  var copied = b.copy
  a.prependMoved(copied)
