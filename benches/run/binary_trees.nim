## Trees that are built, walked and thrown away.
import std/[times]

type
  Node = ref object
    left, right: Node

proc build(depth: int): Node =
  if depth == 0: Node()
  else: Node(left: build(depth - 1), right: build(depth - 1))

proc count(node: Node): int =
  if node.left == nil: 1
  else: 1 + count(node.left) + count(node.right)

const
  least = 4
  most = 15

let start = cpuTime()
doAssert count(build(most + 1)) == 131071
let kept = build(most)
var total = 0
for depth in countup(least, most, 4):
  let rounds = 1 shl (most - depth + least)
  for i in 1 .. rounds: total += count(build(depth))
doAssert count(kept) == 65535
doAssert total == 3110784, $total
echo "time ", int((cpuTime() - start) * 1e9)
echo total
