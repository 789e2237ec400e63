discard """
  output: '''
(x: 0, y: 3, name: "")
(x: 0, y: 0, name: "")(x: 0, y: 0, name: "")(v: 0, s: @[])(a: 0, b: "")
truetrue(a: 2, b: "y")1x
1x
1three
3(lo: 3, hi: 4)
4
(1, 2.5, 'c', "s", true, @[1], [2])
(x: 9, y: (z: "deep", w: @[1, 2, 3]))
truetruefalse
-1
(x: 4)(5,)
1one
2two
01one
12two
(a: 11, b: "x")
100assigned
[(2, 'b'), (1, 'a')]
(x: 1, y: 0, name: "")07
(x: 3, y: 0, name: "")
truefalsetrue
()1
(int, string)tuple[lo: int, hi: int]
x=1
y=0
name=q
1
z
(x: 6, y: 1, name: "")
'''
"""
# Constructors of objects and tuples, unpacking, comparison, fields by name.
# constructors & tuples
type
  P = object
    x, y: int
    name: string
  T = tuple[a: int, b: string]
  G[T] = object
    v: T
    s: seq[T]
var p = P(y: 3)
echo p
echo P(), default(P), G[int](), T.default
let t: T = (1, "x")
let u: T = (a: 2, b: "y")
echo t < u, t == (1, "x"), u, t.a, t[1]
var (q, w) = t
echo q, w
let (m, _, n) = (1, 2, "three")
echo m, n
proc ret(): tuple[lo, hi: int] = (3, 4)
echo ret().lo, ret()
let r = ret()
echo r.hi
echo (1, 2.5, 'c', "s", true, @[1], [2])
var tt = (x: 1, y: (z: "deep", w: @[1, 2]))
tt.y.w.add 3
tt.x = 9
echo tt
echo (1, "b") == (1, "b"), (1, 2) < (1, 3), (2, 1) <= (1, 9)
echo cmp((1, "a"), (1, "b"))
type Single = tuple[x: int]
let s: Single = (x: 4)
echo s, (5,)
for (a, b) in [(1, "one"), (2, "two")]: echo a, b
for i, (a, b) in @[(1, "one"), (2, "two")]: echo i, a, b
proc swp(t: var T) = t.a += 10
var vt = t
swp(vt)
echo vt
(q, w) = (100, "assigned")
echo q, w
var arr = [(1, 'a'), (2, 'b')]
(arr[0], arr[1]) = (arr[1], arr[0])
echo arr
type Nested = object
  inner: P
  arr: array[2, P]
  ref1: ref P
var ne = Nested(inner: P(x: 1), ref1: (ref P)(x: 7))
echo ne.inner, ne.arr[1].name.len, ne.ref1.x
let rp = (ref P)(x: 3)
echo rp[]
echo P(x: 1) == P(x: 1), P(x: 1) == P(x: 2), ne.inner == P(x: 1)
type E = object
echo E(), sizeof(E)
echo typeof((1, "a")), typeof(r)
for name, val in fieldPairs(P(x: 1, name: "q")): echo name, "=", val
for f in fields((1, "z")): echo f
var pf = P(x: 5)
for n, v in pf.fieldPairs:
  when v is int: v = v + 1
echo pf
