discard """
  output: '''
{"x":1,"s":"s","e":1,"l":[1.5],"t":{"q":2,"w":true},"o":3,"r":null}
1sb@[1.5](q: 2, w: true)some(3)true
{"a":1}[1,2][1,"a"]99[1,3]
2@[1, 2]
"b"
missing
(a: 5, b: "")
'''
"""
import json, std/jsonutils, tables, options, sets
type
  Link = ref object
    v: int
  E = enum a, b
  P = object
    x: int
    s: string
    e: E
    l: seq[float]
    t: tuple[q: int, w: bool]
    o: Option[int]
    r: Link
let p = P(x: 1, s: "s", e: b, l: @[1.5], t: (2, true), o: some(3))
echo p.toJson
let q = p.toJson.jsonTo(P)
echo q.x, q.s, q.e, q.l, q.t, q.o, q.r.isNil
echo {"a": 1}.toTable.toJson, [1, 2].toJson, (1, "a").toJson, 'c'.toJson, {1'i8, 3}.toJson
echo jsonTo(parseJson("""{"a": 2}"""), Table[string, int])["a"], jsonTo(parseJson("[1,2]"), seq[int])
echo toJson(b, ToJsonOptions(enumMode: joptEnumString))
try: discard jsonTo(parseJson("""{"x": 1}"""), P)
except ValueError, KeyError: echo "missing"
var v: tuple[a: int, b: string]
v.fromJson(parseJson("""{"a": 5}"""), Joptions(allowMissingKeys: true))
echo v
