discard """
  output: '''
c: 3.14
r: 6.00
s: 0.00
9.142
1
23416728348467685
@[2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47]
@[@[7, 10], @[15, 22]]
HELLO, WORLDtrue@['c', 'b', 'a']
The Cat Sat
@["a1", "b2"]
KhoorHello
mon tue wed thu fri sat! sun! 
monsun2tuefri3
32
@[(name: "Ann", age: 25), (name: "Bob", age: 30), (name: "Cid", age: 30)]
@["Ann", "Bob", "Cid"]
{25: @["Ann"], 30: @["Bob", "Cid"]}
2
ok 1
.ok 2
.err too big: 3
.err too big: 4
.
0000101000000000000000FF010255102206
2.5 1000.0 3 3.0 2 4.0 1000 -2.0 3
xxx2aXcaXc2x
true-1abc97acellell
@[2, 3, 4]true3@[1, 2, 3]@[1, 2, 3]@[3, 2, 1]
%sa b a1-2N
Zbc32
{2, 3, 5}true{2, 3, 5, 9}{2, 3}{3, 5}
ab   |...ab  xtruetruetrue
[1, 2, 3]316011
0:1 1:2 2:3 
22
1245
bigmid
3some(6)7
'''
"""
import strutils, sequtils, tables, sets, math, algorithm, strformat, options, lists, bitops, times, random, parseutils, sugar, hashes, json
# typical tutorial stuff
type
  Shape = ref object of RootObj
    name: string
  Circle = ref object of Shape
    r: float
  Rect = ref object of Shape
    w, h: float
method area(s: Shape): float {.base.} = 0
method area(c: Circle): float = PI * c.r ^ 2
method area(r: Rect): float = r.w * r.h
let shapes: seq[Shape] = @[Circle(name: "c", r: 1), Rect(name: "r", w: 2, h: 3), Shape(name: "s")]
for s in shapes: echo &"{s.name}: {s.area:.2f}"
echo shapes.mapIt(it.area).sum.formatFloat(ffDecimal, 3)
echo shapes.filterIt(it of Circle).len
# memo fib
var memo = initTable[int, int]()
proc fib(n: int): int =
  if n < 2: return n
  if n in memo: return memo[n]
  result = fib(n - 1) + fib(n - 2)
  memo[n] = result
echo fib(80)
# sieve
proc primes(n: int): seq[int] =
  var s = newSeqWith(n + 1, true)
  for i in 2..n:
    if s[i]:
      result.add i
      for j in countup(i * i, n, i): s[j] = false
echo primes(50)
# matrix, string ops
let m = @[@[1, 2], @[3, 4]]
proc `*`(a, b: seq[seq[int]]): seq[seq[int]] =
  result = newSeqWith(a.len, newSeq[int](b[0].len))
  for i in 0 ..< a.len:
    for j in 0 ..< b[0].len:
      for k in 0 ..< b.len: result[i][j] += a[i][k] * b[k][j]
echo m * m
echo "Hello, World".toUpperAscii, "racecar" == "racecar".reversed.join, "abc".reversed
echo "the cat sat".split.mapIt(it.capitalizeAscii).join(" ")
echo "a=1;b=2".split(";").mapIt(it.split("=")).mapIt(it[0] & it[1])
# caesar
proc caesar(s: string, k: int): string =
  for c in s:
    result.add case c
      of 'a'..'z': char((ord(c) - ord('a') + k + 26) mod 26 + ord('a'))
      of 'A'..'Z': char((ord(c) - ord('A') + k + 26) mod 26 + ord('A'))
      else: c
echo caesar("Hello", 3), caesar(caesar("Hello", 3), -3)
# enum sets, case
type Day = enum mon, tue, wed, thu, fri, sat, sun
const weekend = {sat, sun}
for d in Day:
  if d in weekend: stdout.write d, "! " else: stdout.write d, " "
echo ""
echo Day.low, Day.high, ord(wed), succ(mon), parseEnum[Day]("fri"), {mon..wed}.card
# tuples
let (q, r) = (17 div 5, 17 mod 5)
echo q, r
type Person = tuple[name: string, age: int]
var people: seq[Person] = @[("Bob", 30), ("Ann", 25), ("Cid", 30)]
people.sort((a, b) => (if a.age != b.age: cmp(a.age, b.age) else: cmp(a.name, b.name)))
echo people
echo people.mapIt(it.name)
let byAge = people.toSeq.foldl((var t = a; t.mgetOrPut(b.age, @[]).add b.name; t), initOrderedTable[int, seq[string]]())
echo byAge
# closures
proc counter(): () -> int =
  var n = 0
  result = () => (inc n; n)
let c1 = counter()
discard c1()
echo c1()
# exceptions
type MyErr = object of ValueError
proc risky(n: int) =
  if n > 2: raise newException(MyErr, "too big: " & $n)
for i in 1..4:
  try:
    risky(i)
    echo "ok ", i
  except MyErr as e: echo "err ", e.msg
  finally: stdout.write "."
echo ""
# bits, numbers
echo toBin(10, 8), toHex(255), toOct(8, 3), fromHex[int]("ff"), parseBinInt("1010"), 0b1010.popcount, 5 shl 2, 5 xor 3
echo 10.0 / 4, " ", 1e3, " ", 7 div 2, " ", round(2.5), " ", 2.5.int, " ", sqrt(16.0), " ", 10 ^ 3, " ", floor(-1.5), " ", 5.clamp(1, 3)
echo "x".repeat(3), "abc".find('c'), "abcabc".replace("b", "X"), "abcabc".count("bc"), "  x".strip
echo "abc" < "abd", cmp("a", "b"), "ABC".toLowerAscii, 'a'.ord, 97.chr, "abc"[^1], "hello"[1..3], "hello"[1..^2]
echo @[1, 2, 3, 4, 5][1..3], @[1, 2, 3].contains(2), [1, 2, 3].len, @[1, 2] & @[3], @[3, 1, 2].sorted, @[1, 2, 3].reversed
echo "%s" % "x", "$1 $2 $1" % ["a", "b"], "$#-$#" % ["1", "2"], format("$name", "name", "N")
var s = "abc"
s.insert("X", 1)
s.delete(0, 0)
s[0] = 'Z'
echo s, s.len, s.high
var st = {1, 2, 3}
st.incl 5
st.excl 1
echo st, 2 in st, st + {9}, st * {2, 3}, st - {2}
echo alignLeft("ab", 5) & "|", "ab".align(5, '.'), spaces(2) & "x", 'a'.isAlphaAscii, '5'.isDigit, "  ".isEmptyOrWhitespace
var a = [3, 1, 2]
a.sort
echo a, a.max, a.min, a.sum, a.minIndex, binarySearch(a, 2), a.lowerBound(2)
for i, x in a.pairs: stdout.write i, ":", x, " "
echo ""
block outer:
  for i in 0..3:
    for j in 0..3:
      if i * j == 4:
        echo i, j
        break outer
var i = 0
while true:
  inc i
  if i == 3: continue
  if i > 5: break
  stdout.write i
echo ""
echo (if i > 3: "big" else: "small"), (case i
  of 0..3: "low"
  of 4, 5, 6: "mid"
  else: "high")
let o = some(3)
if o.isSome: echo o.get, o.map(x => x * 2), none(int).get(7)
