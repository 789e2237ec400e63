discard """
  output: '''
2 3 3
true20truefalse{"x": 10, "z": 30, "w": 5}
{"w": 5, "x": 10, "z": 30}true
13true2false
74true1
0true
ab
abcmodeCaseInsensitive
141truetrue
@[1, 2, 3]
6 seconds 116444736000000000 0 true
1112January1970Friday1Etc/UTC
00true0
text/htmlimage/pngtext/plaingif
not there
<a href="x.html">home</a>
truefalse7
'''
"""
# What programs seldom use of modules that they often do.
import std/[colors, fenv, hashes, mimetypes, options, os, sequtils, sets, streams, strtabs, strutils, tables, terminal, times, xmltree]
{.push warning[Deprecated]: off.}
var t: Table[string, int]
t.add("a", 1)
t.add("a", 2)
t["b"] = 3
var all: seq[int]
for v in t.allValues("a"): all.add v
echo all.len, " ", all.foldl(a + b), " ", t.len
{.pop.}
var o = {"x": 1, "y": 2, "z": 3}.newOrderedTable
for k, v in o.mpairs: v *= 10
var taken = 0
echo o.pop("y", taken), taken, o.hasKeyOrPut("x", 5), o.hasKeyOrPut("w", 5), o
o.sort(proc (a, b: (string, int)): int = cmp(a[0], b[0]))
echo o, o == {"w": 5, "x": 10, "z": 30}.newOrderedTable
var c = toCountTable("hello")
for n in c.mvalues: n += 1
for k, n in c.mpairs: (if k == 'l': n += 10)
echo c['l'], c.pop('h', taken), taken, c.hasKey('h')
let d = newCountTable("abca")
d.merge(newCountTable("aa"))
d.del('b')
var n = 0
for k in d.keys: inc n
for v in d.values: n += v
echo n, d['a'], d.pop('c', taken), d.len
d.clear()
echo d.len, d == newCountTable[char]()
let s = newStringStream("abcdef")
var part = ""
s.peekStr(2, part)
echo part
s.readStr(3, part)
echo part, newStringTable(modeCaseInsensitive).mode
echo toOctal('a'), hash("xabcx", 1, 3) == hash("abc"), hash(@[9, 1, 2], 1, 2) == hash(@[1, 2])
iterator counted(): int {.closure.} =
  for i in 1 .. 3: yield i
echo toSeq(items(counted))
var span = initDuration(seconds = 2)
span *= 3
echo span, " ", fromUnix(0).toWinTime, " ", fromWinTime(116444736000000000).toUnix, " ", high(Time) > low(Time)
let at = fromUnix(90061).utc
echo hour(at), minute(at), second(at), monthday(at), month(at), year(at), weekday(at), yearday(at), name(utc())
echo feclearexcept(FE_ALL_EXCEPT), fesetround(FE_UPWARD), fegetround() == FE_UPWARD, fesetround(FE_TONEAREST)
let m = newMimetypes()
echo m.getMimetype("html"), m.getMimetype(".PNG"), m.getMimetype("zzz"), m.getExt("image/gif")
try: removeDir("/nonexistent/dir", checkDir = true)
except OSError: echo "not there"
echo <>a(href = "x.html", newText("home"))
echo on, off, try: none(int).get except UnpackDefect: 7
