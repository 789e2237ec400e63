discard """
  output: '''
seq of 2
destroy 1
destroy 2
7
destroy 3
destroy 4
still 5
destroy 5
destroy 6
8
destroy 7
destroy 8
destroy 10
shrunk
destroy 9
emptied
'''
"""
# What is in a seq, an array, an object, a tuple and a ref is destroyed with it.
type D = object
  id: int
proc `=destroy`(d: var D) =
  if d.id != 0: echo "destroy ", d.id
type
  Holder = object
    a, b: D
  Node = ref object
    d: D
    next: Node
proc inSeq() =
  var s: seq[D]
  s.add D(id: 1)
  s.add D(id: 2)
  echo "seq of ", s.len
proc inObject() =
  let h = Holder(a: D(id: 3), b: D(id: 4))
  echo h.a.id + h.b.id
proc inRef() =
  var n = Node(d: D(id: 5), next: Node(d: D(id: 6)))
  let also = n
  n = nil
  echo "still ", also.d.id
proc inArray() =
  let a = [D(id: 7), D(id: 8)]
  echo a[1].id
inSeq()
inObject()
inRef()
inArray()
var s = @[D(id: 9), D(id: 10)]
s.setLen(1)
echo "shrunk"
s = @[]
echo "emptied"
