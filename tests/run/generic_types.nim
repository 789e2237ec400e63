discard """
  output: '''
2 1 (items: @[1])
@["a", "b"]
(a: 1, b: "x")
cba
[[0, 0, 0], [0, 0, 5]]
(high: 2, low: 1)
'''
"""
type
  Stack[T] = object
    items: seq[T]
  Pair[A, B] = tuple[a: A, b: B]
  Node[T] = ref object
    value: T
    next: Node[T]
  Grid[W, H: static int; T] = array[H, array[W, T]]
proc push[T](s: var Stack[T], x: T) = s.items.add(x)
proc pop[T](s: var Stack[T]): T = s.items.pop()
proc len[T](s: Stack[T]): int = s.items.len
var s: Stack[int]
s.push(1)
s.push(2)
echo s.pop(), " ", s.len, " ", s
var names = Stack[string](items: @["a"])
names.push("b")
echo names.items
let p: Pair[int, string] = (1, "x")
echo p
proc prepend[T](n: Node[T], v: T): Node[T] = Node[T](value: v, next: n)
var list: Node[char] = nil
for c in "abc": list = list.prepend(c)
var n = list
while n != nil:
  stdout.write n.value
  n = n.next
echo ""
var g: Grid[3, 2, int]
g[1][2] = 5
echo g

# An instance in the section that declares the base of the generic.
type
  Bottom {.inheritable.} = object
    low: int
  Top[T] = object of Bottom
    high: T
  Whole[T] = Top[T]
  IntWhole = Whole[int]
var whole: IntWhole
(whole.low, whole.high) = (1, 2)
echo whole
