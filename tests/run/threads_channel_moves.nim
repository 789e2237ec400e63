discard """
  output: '''
sent
got 1
destroy 1
got 2
destroy 2
@["3", "6", "9", "12", "15", "18", "21", "24", "27", "30", "33", "36", "39", "42", "45", "48", "51", "54", "57", "60"]
'''
"""
# What is sent is moved: nothing is copied or destroyed on the way. What is used again is copied first.
type
  Res = object
    id: int
  Node = ref object
    next: Node
    id: int
proc `=destroy`(r: var Res) =
  if r.id != 0: echo "destroy ", r.id
  r.id = 0
proc `=copy`(dest: var Res, source: Res) =
  echo "copy ", source.id
  dest.id = source.id + 100
var c: Channel[Res]
var nodes: Channel[Node]
var texts: Channel[seq[string]]
c.open(); nodes.open(); texts.open()
proc send() =
  c.send(Res(id: 1))
  var r = Res(id: 2)
  c.send(move r)
send()
echo "sent"
proc take() {.thread.} =
  for i in 1 .. 2:
    let r = c.recv()
    echo "got ", r.id
var t: Thread[void]
createThread(t, take)
joinThread(t)

proc ring(n: int): Node =
  result = Node(id: 1)
  var last = result
  for i in 2 .. n:
    last.next = Node(id: i)
    last = last.next
  last.next = result
proc count() {.thread.} =
  for i in 1 .. 20:
    let first = nodes.recv()
    var n = 1
    var at = first.next
    while at != first:
      inc n
      at = at.next
    texts.send(@[$n, "nodes"])
createThread(t, count)
for i in 1 .. 20: nodes.send(ring(i * 3))
var all: seq[string]
for i in 1 .. 20: all.add texts.recv()[0]
joinThread(t)
echo all
c.close(); nodes.close(); texts.close()
