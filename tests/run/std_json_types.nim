discard """
  output: '''
{"name":"n","isA":true,"a":5,"c":[1],"tail":1.5}
(name: "n", isA: true, a: 5, c: @[1], tail: 1.5)
{"name": "n", "isA": true, "a": 5, "c": [1], "tail": 1.5}
(name: "n", isA: true, a: 5, c: @[1], tail: 1.5)
(name: "q", isA: true, a: 1, c: @[], tail: 2.0)
ValueError: false failed: ("Kind", "b", {"name":"q","isA":false,"a":1,"tail":2})
(name: "n", isA: false, b: "z", tail: 1.5)
(name: "n", isA: true, a: 77, c: @[1], tail: 1.5)
ValueError: false failed: ("O", "y", {"x":1})
(x: 1, y: "a")
ValueError: a.len == b.len failed: (2, 1, "array[0..1, int]")
ValueError: b.len == i failed: (3, 2, "(int, int)", [1,2,3])
one
e2
ValueError: false failed: ("E", " ", [])
h1
"e1"
"one"
3
3
{"v":1,"next":{"v":2,"next":null}}
2
null
120
x
[0,2]
{e0, e2}
[1,"x",{"a":1}]
(a: 1)
JsonKindError: Incorrect JSON kind. Wanted '{JBool}' in '' but got 'JInt'.
none(int)
JsonKindError: Incorrect JSON kind. Wanted '{JInt}' in '' but got 'JString'.
true

[1]
{"mode":"modeCaseSensitive","table":{"a":"b"}}
b
true
1
18446744073709551615
18446744073709551615
1.5
"nan"
[[1],[]]
@[@[1], @[2, 3]]
{"a":1}
1
"a"
[1, 2]
{"Field0": 1, "Field1": "x"}
"one"
"h1"
[0, 1]
1.5
true
"c"
{"val": 3, "has": true}
2
@[1, 2]
(1, "x")
one
{e2}
1.5
true
x
4
(name: "n", isA: true, a: 5, c: @[1], tail: 1.5)
1
'''
"""
# Values of many types as JSON and back, by jsonutils and by marshal.
import std/[json, jsonutils, marshal, tables, sets, options, strtabs, streams]
type
  Kind = object
    name: string
    case isA: bool
    of true:
      a: int
      c: seq[int]
    else: b: string
    tail: float
  E = enum e0, e1 = "one", e2
  H = enum h0 = 2, h1 = 5
  D = distinct int
  N = ref object
    v: int
    next: N
  O = object
    x: int
    y: string
template t(e: untyped) =
  try: echo e
  except Exception as x: echo x.name, ": ", x.msg
let k = Kind(name: "n", isA: true, a: 5, c: @[1], tail: 1.5)
t k.toJson
t k.toJson.jsonTo(Kind)
t $$k
t to[Kind]($$k)
t jsonTo(parseJson("""{"name": "q", "isA": true, "a": 1, "c": [], "tail": 2}"""), Kind)
t jsonTo(parseJson("""{"name": "q", "isA": false, "a": 1, "tail": 2}"""), Kind)
var kk = k
kk.fromJson(parseJson("""{"isA": false, "b": "z"}"""), Joptions(allowMissingKeys: true))
t kk
kk = k; kk.fromJson(parseJson("""{"a": 77}"""), Joptions(allowMissingKeys: true))
t kk
t jsonTo(parseJson("""{"x": 1}"""), O)
t jsonTo(parseJson("""{"x": 1, "y": "a", "z": 1}"""), O, Joptions(allowExtraKeys: true))
t jsonTo(parseJson("[1]"), array[2, int])
t jsonTo(parseJson("[1, 2, 3]"), (int, int))
t jsonTo(parseJson("\"one\""), E)
t jsonTo(parseJson("2"), E)
t jsonTo(parseJson("[]"), E)
t jsonTo(parseJson("5"), H)
t toJson(e1, ToJsonOptions(enumMode: joptEnumSymbol))
t toJson(e1, ToJsonOptions(enumMode: joptEnumString))
t toJson(D(3))
t jsonTo(%3, D).int
t toJson(N(v: 1, next: N(v: 2)))
t jsonTo(toJson(N(v: 1, next: N(v: 2))), N).next.v
t toJson(nil.N)
t toJson('x')
t jsonTo(%120, char)
t toJson({e0, e2})
t jsonTo(parseJson("[0, 2]"), set[E])
t toJson((1, "x", (a: 1)))
t jsonTo(parseJson("""{"a": 1}"""), tuple[a: int])
t jsonTo(parseJson("1"), bool)
t jsonTo(parseJson("null"), Option[int])
t jsonTo(parseJson("\"x\""), int)
t jsonTo(parseJson("true"), bool)
t jsonTo(newJNull(), string)
t toJson(some(@[1]))
t toJson(newStringTable({"a": "b"}))
t jsonTo(toJson(newStringTable({"a": "b"})), StringTableRef)["a"]
t toJson({1: 2}.toTable) is JsonNode
t toJson(1'u64)
t toJson(high(uint64))
t jsonTo(toJson(high(uint64)), uint64)
t toJson(1.5'f32)
t toJson(NaN)
t toJson(@[@[1], @[]])
t jsonTo(parseJson("""[[1],[2,3]]"""), seq[seq[int]])
t toJson(%*{"a": 1})
t $$1
t $$"a"
t $$[1, 2]
t $$(1, "x")
t $$e1
t $$h1
t $${e0, e1}
t $$1.5
t $$true
t $$'c'
t $$some(3)
t to[N]($$N(v: 1, next: N(v: 2))).next.v
t to[seq[int]]("[1, 2]")
t to[(int, string)]($$(1, "x"))
t to[E]("\"one\"")
t to[set[E]]($${e2})
t to[float]("1.5")
t to[bool]("true")
t to[char]("\"x\"")
t to[D]("4").int
var s = newStringStream(); store(s, k); s.setPosition(0); var k2: Kind; load(s, k2)
t k2
t to[Table[string, int]]($${"a": 1}.toTable)["a"]
