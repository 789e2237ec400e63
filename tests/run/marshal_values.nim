discard """
  output: '''
{"Field0": 1, "Field1": "x", "Field2": [1, 2]}
@[1, 2, 3]
{"a": 1, "b": "q\"", "c": [1.5], "d": [1], "e": "kb", "t": {"Field0": 1, "Field1": "z"}, "f": true, "ch": "c", "arr": [0, 0]}
true
(3, "w")
12true
@["a", "b"]
'''
"""
# Values as text and back.
import marshal, streams
type
  K = enum ka, kb
  N = ref object
    v: int
    n: N
  O = object
    a: int
    b: string
    c: seq[float]
    d: set[K]
    e: K
    t: (int, string)
    f: bool
    ch: char
    arr: array[2, int8]
echo $$(a: 1, b: "x", c: @[1,2])
echo to[seq[int]]("[1,2,3]")
let o = O(a: 1, b: "q\"", c: @[1.5], d: {kb}, e: kb, t: (1, "z"), f: true, ch: 'c')
echo $$o
let s = $$o
echo to[O](s) == o
echo to[(int, string)]("""{"Field0": 3, "Field1": "w"}""")
var n = N(v: 1, n: N(v: 2))
let m = to[N]($$n)
echo m.v, m.n.v, m.n.n == nil
var st = newStringStream()
st.store(@["a", "b"])
st.setPosition(0)
var q: seq[string]
st.load(q)
echo q
