discard """
  output: '''
26
3
str
10
@[0, 2, 4, 6, 8]
'''
"""
type
  Kind = enum kA, kB
  Node = ref object
    kind: Kind
    kids: seq[Node]
    val: int
proc sum(n: Node): int =
  result = n.val
  for k in n.kids: result += sum(k)
proc tree(d: int): Node =
  result = Node(kind: kA, val: d)
  if d > 0:
    for i in 0..1: result.kids.add tree(d-1)
const total = sum(tree(4))
echo total
type V = object
  case k: Kind
  of kA: a: int
  of kB: s: string
const vs = [V(k: kA, a: 3), V(k: kB, s: "str")]
for v in vs:
  case v.k
  of kA: echo v.a
  of kB: echo v.s
const cl = block:
  var acc = 0
  let add = proc (x: int) = acc += x
  for i in 1..4: add(i)
  acc
echo cl
iterator evens(n: int): int =
  for i in 0..n:
    if i mod 2 == 0: yield i
const ev = block:
  var r: seq[int]
  for e in evens(8): r.add e
  r
echo ev
