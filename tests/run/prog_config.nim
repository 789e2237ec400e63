discard """
  output: '''
test 2 @["x", "y"] 2.0 true
a.example:80
b.example:443
3z
@[80, 443, 1]
524
{
  "nested": {
    "list": [
      1,
      2.5,
      "three",
      false,
      null
    ]
  }
}
{"main": {"key": "value", "number": "42"}, "other": {"x": "1"}}
@[@["name", "age"], @["Bob", "30"], @["Ann, Jr", "25"]]
@[("Bob", 30)]
@[@["a", "c", "d"], @["a", "b", "d"]]
@[(tNum, "12"), (tPlus, "+"), (tOpen, "("), (tNum, "3"), (tMul, "*"), (tNum, "4"), (tClose, ")")]
truex.nima.ca/b/ab.c
202truetrue
a={"b":[10,20]}
{"n":3,"s":"q\"uote","arr":[true]}JObject
'''
"""
import std/[json, strutils, tables, sequtils, options, times, os]
# config parsing and json processing
type
  Server = object
    host: string
    port: int
    tags: seq[string]
  Config = object
    name: string
    servers: seq[Server]
    limits: Table[string, float]
    admin: Option[string]
let text = """
{
  "name": "test",
  "servers": [
    {"host": "a.example", "port": 80, "tags": ["x", "y"]},
    {"host": "b.example", "port": 443, "tags": []}
  ],
  "limits": {"cpu": 0.5, "mem": 2}
}
"""
let cfg = parseJson(text).to(Config)
echo cfg.name, " ", cfg.servers.len, " ", cfg.servers[0].tags, " ", cfg.limits["mem"], " ", cfg.admin.isNone
for s in cfg.servers: echo s.host, ":", s.port
var node = parseJson(text)
node["servers"].add(%*{"host": "c", "port": 1, "tags": ["z"]})
echo node["servers"].len, node["servers"][2]["tags"][0].getStr
echo node["servers"].getElems.mapIt(it["port"].getInt)
var total = 0
for s in node["servers"]: total += s["port"].getInt
echo total
echo pretty(%*{"nested": {"list": [1, 2.5, "three", false, nil]}})
# ini parser
const ini = """
; comment
[main]
key = value
number=42

[other]
x = 1
"""
proc parseIni(s: string): OrderedTable[string, OrderedTable[string, string]] =
  var section = ""
  for line in s.splitLines:
    let l = line.strip
    if l.len == 0 or l.startsWith(";"): continue
    if l.startsWith("[") and l.endsWith("]"):
      section = l[1 .. ^2]
      result[section] = initOrderedTable[string, string]()
    else:
      let parts = l.split('=', maxsplit = 1)
      result[section][parts[0].strip] = parts[1].strip
echo parseIni(ini)
# csv
let csv = "name,age\nBob,30\n\"Ann, Jr\",25"
proc parseCsvLine(line: string): seq[string] =
  var cur = ""
  var quoted = false
  for c in line:
    if c == '"': quoted = not quoted
    elif c == ',' and not quoted:
      result.add cur
      cur = ""
    else: cur.add c
  result.add cur
let rows = csv.splitLines.map(parseCsvLine)
echo rows
echo rows[1..^1].mapIt((it[0], it[1].parseInt)).filterIt(it[1] > 26)
# bfs on graph with tables
let graph = {"a": @["b", "c"], "b": @["d"], "c": @["d"], "d": newSeq[string]()}.toTable
proc paths(start, goal: string): seq[seq[string]] =
  var stack = @[@[start]]
  while stack.len > 0:
    let path = stack.pop
    if path[^1] == goal: result.add path
    else:
      for n in graph[path[^1]]:
        if n notin path: stack.add(path & n)
echo paths("a", "d")
# tokenizer with enum + case ranges
type Tok = enum tNum, tPlus, tMul, tOpen, tClose
var toks: seq[(Tok, string)]
var i = 0
let src = "12+(3*4)"
while i < src.len:
  case src[i]
  of '0'..'9':
    var j = i
    while j < src.len and src[j].isDigit: inc j
    toks.add (tNum, src[i ..< j])
    i = j
  of '+': toks.add (tPlus, "+"); inc i
  of '*': toks.add (tMul, "*"); inc i
  of '(': toks.add (tOpen, "("); inc i
  of ')': toks.add (tClose, ")"); inc i
  else: quit "bad"
echo toks
echo getCurrentDir().len > 0, "x".addFileExt("nim"), "a.b".changeFileExt("c"), joinPath("a", "b"), "/a/b".parentDir, "/a/b.c".extractFilename
let o = parseJson("""{"a": {"b": [10, 20]}}""")
echo o["a"]["b"][1].getInt, o{"a", "b"}.len, o{"x", "y"}.isNil, o.getOrDefault("zz").isNil
for k, v in o.pairs: echo k, "=", v
var jobj = newJObject()
jobj["n"] = newJInt(3)
jobj["s"] = newJString("q\"uote")
jobj["arr"] = newJArray()
jobj["arr"].add newJBool(true)
echo $jobj, jobj.kind
