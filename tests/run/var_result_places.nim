discard """
  output: '''
ok
'''
"""
# Places that procs give, as targets and arguments.
type
  Grid = object
    w: int
    d: seq[int]
  Node = ref object
    v: int
    kids: seq[Node]
proc `[]`(g: var Grid, x, y: int): var int = g.d[y * g.w + x]
proc `[]`(g: Grid, x, y: int): int = g.d[y * g.w + x]
var g = Grid(w: 2, d: newSeq[int](4))
g.d[3] = 5
g[0, 1] += 3
inc g[0, 0]
doAssert g.d == @[1, 0, 3, 5]
let gc = g
doAssert gc[1, 1] == 5
swap(g[0, 0], g[1, 1])
doAssert g[0, 0] == 5
proc last(n: Node): var Node = n.kids[^1]
var n = Node(v: 1, kids: @[Node(v: 2)])
n.last.v = 9
doAssert n.kids[0].v == 9
var arr = [1, 2, 3]
proc pick(a: var array[3, int], i: int): var int = a[i]
pick(arr, 1) = 20
for i in 0..2: pick(arr, i) *= 2
doAssert arr == [2, 40, 6]
let copy = pick(arr, 0)
arr[0] = 100
doAssert copy == 2
iterator refs(s: var seq[int]): var int =
  for i in 0 ..< s.len: yield s[i]
var s = @[1, 2]
for r in refs(s): r += 1
doAssert s == @[2, 3]
proc strAt(s: var string, i: int): var char = s[i]
var st = "abc"
st.strAt(1) = 'X'
doAssert st == "aXc"
proc tupPart(t: var tuple[a: int, b: string]): var string = t.b
var t = (a: 1, b: "x")
t.tupPart.add "y"
doAssert t.b == "xy"
template elem(i: int): untyped = arr[i]
elem(2) = 7
doAssert arr[2] == 7
import tables
var tab = {"a": @[1]}.toTable
tab["a"].add 2
tab.mgetOrPut("b", @[]).add 3
inc tab["a"][0]
doAssert tab["a"] == @[2, 2] and tab["b"] == @[3]
proc addrOf(x: var int): ptr int = addr x
addrOf(arr[0])[] = 1
doAssert arr[0] == 1
type O = object
  f: int
proc fld(o: var O): var int = o.f
proc viaRef(r: ref O): var int = r.f
var o: O
var r = new O
fld(o) = 3
viaRef(r) = 4
doAssert o.f == 3 and r.f == 4
var i = 0
proc next(x: var int): var int = (inc x; x)
next(next(i)) += 10
doAssert i == 12
echo "ok"
