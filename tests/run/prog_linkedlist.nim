discard """
  output: '''
acddca 3
0
'''
"""
# A doubly linked list with ref and back links, emptied by hand.
type
  Node[T] = ref object
    value: T
    prev, next: Node[T]
  List[T] = object
    head, tail: Node[T]
    len: int
proc add[T](l: var List[T], x: T) =
  let n = Node[T](value: x, prev: l.tail)
  if l.tail == nil: l.head = n
  else: l.tail.next = n
  l.tail = n
  inc l.len
proc remove[T](l: var List[T], n: Node[T]) =
  if n.prev == nil: l.head = n.next
  else: n.prev.next = n.next
  if n.next == nil: l.tail = n.prev
  else: n.next.prev = n.prev
  n.prev = nil
  n.next = nil
  dec l.len
iterator items[T](l: List[T]): T =
  var n = l.head
  while n != nil:
    yield n.value
    n = n.next
iterator backwards[T](l: List[T]): T =
  var n = l.tail
  while n != nil:
    yield n.value
    n = n.prev
var l: List[string]
for s in ["a", "b", "c", "d"]: l.add(s)
l.remove(l.head.next)
for x in l: stdout.write x
for x in l.backwards: stdout.write x
echo " ", l.len
while l.head != nil: l.remove(l.head)
echo l.len
