discard """
  output: '''
5 def 2
(x: 5, y: 2.5, name: "def", xs: @[1, 2], m: m2, inner: (v: 7, s: "inner"), arr: [(v: 7, s: "inner"), (v: 7, s: "inner")], k: true, t: 3)
2.5 9 7 def
(x: 5, y: 2.5, name: "q", xs: @[1, 2, 3], m: m2, inner: (v: 7, s: "inner"), arr: [(v: 7, s: "inner"), (v: 7, s: "inner")], k: true, t: 3)
false f
9
(v: 7, s: "inner") [(v: 7, s: "inner"), (v: 7, s: "inner")] (0, (v: 7, s: "inner"))
4 6 1 4
'''
  disabled: "nim"
"""
# Default values of fields, as in Nim 2 ("Default values for object fields" in the manual).
type
  Mode = enum m1, m2
  Inner = object
    v: int = 7
    s = "inner"
  O = object
    x: int = 5
    y = 2.5
    name: string = "def"
    xs: seq[int] = @[1, 2]
    m = m2
    inner: Inner
    arr: array[2, Inner]
    case k: bool = true
    of true: t: int = 3
    of false: f: string = "f"
  R = ref object
    a: int = 9
    i: Inner
  B = object of RootObj
    p: int = 4
  C = object of B
    q: int = 6
var o = default(O)
echo o.x, " ", o.name, " ", o.xs.len
echo O()
echo O(x: 1).y, " ", R().a, " ", R().i.v, " ", (ref O)().name
var d = O(name: "q")
d.xs.add 3
echo d
let other = O(k: false)
echo other.k, " ", other.f
var r: R
new r
echo r.a
echo default(Inner), " ", default(array[2, Inner]), " ", default((int, Inner))
echo C().p, " ", C().q, " ", C(q: 1).q, " ", C(q: 1).p
