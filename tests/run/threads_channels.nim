discard """
  output: '''
0false(dataAvailable: false, msg: 0)
100
661
131(dataAvailable: false, msg: 0)
truetruefalse
atruebd0
1392
3
x.y.z.
it waits
'''
"""
# Channels: first in, first out; bounds; what there is to see; waiting on both sides.
import std/os
var c: Channel[int]
c.open()
echo c.peek, c.ready, c.tryRecv
for i in 1 .. 100: c.send(i)
echo c.peek
var sum = 0
for i in 1 .. 50: sum = sum * 3 mod 1000 + c.recv
echo sum
for i in 101 .. 130: c.send(i)
var next = 51
while c.peek > 0:
  doAssert c.recv == next
  inc next
echo next, c.tryRecv
c.close()

var small: Channel[string]
small.open(maxItems = 2)
echo small.trySend("a"), small.trySend("b"), small.trySend("c")
echo small.recv, small.trySend("d"), small.recv, small.recv, small.peek
proc produce(count: int) {.thread.} =
  for i in 1 .. count: small.send($i)
var producer: Thread[int]
createThread(producer, produce, 500)
var total = 0
for i in 1 .. 500: total += small.recv.len
joinThread(producer)
echo total
small.close()

# Requests and answers.
type
  Kind = enum kAdd, kJoin, kStop
  Request = object
    case kind: Kind
    of kAdd: a, b: int
    of kJoin: parts: seq[string]
    of kStop: discard
var requests: Channel[Request]
var answers: Channel[string]
requests.open()
answers.open()
proc server() {.thread.} =
  while true:
    let r = requests.recv()
    case r.kind
    of kAdd: answers.send($(r.a + r.b))
    of kJoin:
      var all = ""
      for part in r.parts: all.add part & "."
      answers.send(all)
    of kStop: break
var t: Thread[void]
createThread(t, server)
requests.send(Request(kind: kAdd, a: 1, b: 2))
echo answers.recv()
requests.send(Request(kind: kJoin, parts: @["x", "y", "z"]))
echo answers.recv()
while not requests.ready: sleep(1)
echo "it waits"
requests.send(Request(kind: kStop))
joinThread(t)
requests.close()
answers.close()
