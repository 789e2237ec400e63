discard """
  output: '''
flat
true
finalise 7
'''
"""
# Cycles go by themselves when there are many; a cursor makes none; a finaliser is called.
type
  Base = ref object of RootObj
  A = ref object of Base
    b: Base
    data: seq[int]
  Leaf {.acyclic.} = ref object
    l: Leaf
    v: int
  Tree = ref object
    parent {.cursor.}: Tree
    kids: seq[Tree]
proc pair() =
  let a = A(data: newSeq[int](100))
  let b = A(b: a)
  a.b = b
for i in 0..<1000: pair()
let early = getOccupiedMem()
for i in 0..<20000: pair()
GC_fullCollect()
if getOccupiedMem() <= early * 2: echo "flat"
proc tree() =
  let r = Tree()
  for i in 0..3: r.kids.add Tree(parent: r)
  echo r.kids[0].parent == r
tree()
proc finalise(x: Leaf) = echo "finalise ", x.v
proc leaf() =
  var l: Leaf
  new(l, finalise)
  l.v = 7
leaf()
