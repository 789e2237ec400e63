discard """
  output: '''
{"name":"Bob","age":30,"tags":["a","b",1.5,null,true],"o":{"x":-1000.0},"e":[],"f":{}}
{
  "name": "Bob",
  "age": 30,
  "tags": [
    "a",
    "b",
    1.5,
    null,
    true
  ],
  "o": {
    "x": -1000.0
  },
  "e": [],
  "f": {}
}
Bob301.5-1000.0true
name JString
age JInt
tags JArray
o JObject
e JArray
f JObject
"a"
"b"
1.5
null
true
{"name":"Bob","age":30,"tags":["a","b",1.5,null,true],"o":{"x":-1000.0},"e":[],"f":{},"new":5,"arr":[1,2,3]}8false
X3greennone(int)@[1.0, 2.5]{"k": 1}
{"name":"X","age":3,"c":"green","opt":null,"xs":[1.0,2.5],"t":{"k":1}}
2
{"a":1,"b":[1,"x",null,{"c":2.0}],"d":{},"e":[]}
[5,6,"5",true]
input(1, 1) Error: string literal as key expected
input(1, 3) Error: { expected
input(1, 6) Error: : expected
input(1, 3) Error: { expected
input(1, 4) Error: ] expected
input(1, 0) Error: { expected
input(1, 2) Error: string literal as key expected
input(1, 4) Error: { expected
input(1, 4) Error: EOF expected
Incorrect JSON kind. Wanted '{JNull, JString}' in '.name' but got 'JInt'.
key not found: .age
key not found: nope
"a\n\"b\\\t\u0001\u001F€"
é😀

123456789012345678901234567890
truetrue
{"name":"Bob","age":30,"o":{"x":-1000.0},"e":[],"f":{},"new":5,"arr":[1,2,3]}
{"a":1}
'''
"""
import json, tables, options
let j = parseJson("""{"name": "Bob", "age": 30, "tags": ["a", "b", 1.5, null, true], "o": {"x": -1e3}, "e": [], "f": {}}""")
echo j
echo j.pretty
echo j["name"].getStr, j["age"].getInt, j["tags"][2].getFloat, j{"o", "x"}.getFloat, j{"nope"}.isNil
for k, v in j: echo k, " ", v.kind
for x in j["tags"]: echo x
j["new"] = %5
j["arr"] = %[1,2,3]
echo j, j.len, j.hasKey("zz")
type
  Color = enum red, green
  P = object
    name: string
    age: int
    c: Color
    opt: Option[int]
    xs: seq[float]
    t: Table[string, int]
  R = ref object
    a: int
    next: R
let p = to(parseJson("""{"name":"X","age":3,"c":"green","xs":[1,2.5],"t":{"k":1}}"""), P)
echo p.name, p.age, p.c, p.opt, p.xs, p.t
echo %p
let r = to(parseJson("""{"a":1,"next":{"a":2,"next":null}}"""), R)
echo r.next.a
echo %*{"a": 1, "b": [1, "x", nil, {"c": 2.0}], "d": {}, "e": []}
let n = 5
echo %*[n, n + 1, $n, true]
for bad in ["{", "[1,", "{\"a\" 1}", "nul", "[1 2]", "", "{1:2}", "\"abc", "[1]x"]:
  try: echo parseJson(bad)
  except JsonParsingError as e: echo e.msg
try: discard to(parseJson("""{"name":1}"""), P)
except JsonKindError as e: echo e.msg
try: discard to(parseJson("""{"name":"x"}"""), P)
except KeyError as e: echo e.msg
try: echo j["nope"]
except KeyError as e: echo e.msg
echo escapeJson("a\n\"b\\\t\1\x1f€")
echo parseJson(""" "\u00e9\ud83d\ude00\n" """).getStr
echo parseJson("123456789012345678901234567890")
echo j["tags"] == parseJson("""["a","b",1.5,null,true]"""), j == j.copy
j.delete("tags")
echo j
echo %{"a": %1}
