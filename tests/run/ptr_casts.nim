discard """
  output: '''
(x: 3, y: 4)
39
5
[0, 0, 7, 0]
7
3
[1, 2, 30, 4]
2
6true
5
e5
elllo
10true
1065353216[0, 0, 128, 63]
4
7188
6
truefalse
(x: 100, y: 0)
1
21
'''
"""
# Memory by address: pointer arithmetic by casts, unions, packed objects.
type P = object
  x, y: int
var p = create(P)
p.x = 3
p[].y = 4
echo p[]
p = resize(p, 4)
let arr = cast[ptr UncheckedArray[P]](p)
arr[3].x = 9
echo arr[0].x, arr[3].x
dealloc p
var q = cast[ptr int](alloc(8))
q[] = 5
echo q[]
dealloc(q)
let n = cast[ptr array[4, int32]](alloc0(16))
n[2] = 7
echo n[]
var bytes = cast[ptr UncheckedArray[byte]](n)
echo bytes[8]
dealloc n
var a = [1, 2, 3, 4]
let pa = addr a[0]
let p2 = cast[ptr int](cast[uint](pa) + 2 * sizeof(int).uint)
echo p2[]
p2[] = 30
echo a
let p3 = cast[ptr int](cast[ByteAddress](pa) +% 8)
echo p3[]
var x = 5
let px = x.addr
px[] += 1
echo x, px[] == x
var r: ref int
new r
r[] = 4
let u = r
u[] = 5
echo r[]
var s = newString(5)
for i in 0..4: s[i] = "hello"[i]
let cs = s.cstring
echo cs[1], cs.len
moveMem(addr s[0], addr s[1], 3)
echo s
var big = newSeq[int](10)
zeroMem(addr big[0], 80)
echo big.len, equalMem(addr a[0], addr a[0], 8)
type U {.union.} = object
  i: int32
  f: float32
  b: array[4, uint8]
var uu: U
uu.f = 1.0
echo uu.i, uu.b
echo sizeof(U)
type Pk {.packed.} = object
  a: int8
  b: int32
  c: int16
echo sizeof(Pk), offsetOf(Pk, b), alignof(int64), offsetof(P, y)
var pp: pointer = px
echo cast[ptr int](pp)[]
echo px != nil, isNil(pp)
proc f(p: ptr P) = p.x = 100
var v = P(x: 1)
f(addr v)
echo v
type Node = object
  next: ptr Node
  v: int
var n1 = Node(v: 1)
var n2 = Node(v: 2, next: addr n1)
echo n2.next.v
proc swapInts(a, b: ptr int) = swap(a[], b[])
var i = 1
var j = 2
swapInts(addr i, addr j)
echo i, j
