discard """
  output: '''
free 1
--
free 2
free 3
--
4
free 4
--
still 6
free 5
free 6
end
'''
"""
# Cycles are destroyed when the program asks for it: rings, children that know their parents, closures.
type
  Node = ref object
    name: string
    next: Node
    other: Node
  Res = object
    id: int
  Owner = ref object
    r: Res
    peer: Owner
    kids: seq[Owner]
    cb: proc()
proc `=destroy`(r: var Res) =
  if r.id != 0: echo "free ", r.id
proc ring(n: int) =
  let first = Node(name: "first")
  var cur = first
  for i in 1..n:
    cur.next = Node(name: "n" & $i)
    cur = cur.next
  cur.next = first
for i in 0..<3: ring(5)
GC_fullCollect()
proc self() =
  let o = Owner(r: Res(id: 1))
  o.peer = o
self()
GC_fullCollect()
echo "--"
proc tree() =
  let root = Owner(r: Res(id: 2))
  let kid = Owner(r: Res(id: 3), peer: root)
  root.kids.add kid
tree()
GC_fullCollect()
echo "--"
proc clos() =
  let o = Owner(r: Res(id: 4))
  o.cb = proc() = echo o.r.id
  o.cb()
clos()
GC_fullCollect()
echo "--"
var keep: Owner
proc partial() =
  let a = Owner(r: Res(id: 5))
  let b = Owner(r: Res(id: 6), peer: a)
  a.peer = b
  keep = a
partial()
GC_fullCollect()
echo "still ", keep.peer.r.id
keep.peer.peer = nil
keep = nil
GC_fullCollect()
echo "end"
