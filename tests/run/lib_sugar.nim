discard """
  output: '''
s.len + 2 = 5
@[1, 2, 3]@[3, 2, 1]@[3, 2, 1]
@[1, 2, 3, 4]
@[6, 4]
@[3, -1, 2]
{3: "3", 2: "2", 1: "1"}
3
{3: 1, 2: 1, 1: 1}
@[("bb", 2), ("ccc", 3)]
@[@[1], @[1, 2], @[1, 2, 3]]
0a
2ccc
10a
11bb
12ccc
0a
1bb
2ccc
12 -3
truex3.5
falsex12
true12abc
value
(x: 3, y: 4)
@[1, 2]
[1.0, 2.0, 3.0]("1", ("a", "2"))
0
10
20
12
'''
"""
import sugar, sequtils, tables, sets, algorithm, std/[enumerate, strscans, with]
let s = @[3,1,2]
dump s.len + 2
echo s.dup(sort), s.dup(sort, reverse), s.dup(sort(_, Descending))
let t = dup s:
  add(4)
  sort
echo t
echo collect(newSeq, for x in s: (if x > 1: x * 2))
let z = collect:
  for i, x in s:
    if i mod 2 == 0: x
    else: -x
echo z
echo collect(for x in s: {x: $x})
echo collect(for x in s: {x}).len
echo collect(initTable(4), for x in s: {x: 1})
proc main() =
  let words = ["a", "bb", "ccc"]
  let lens = collect(newSeqOfCap(3)):
    for w in words:
      let n = w.len
      if n > 1:
        (w, n)
  echo lens
  let nested = collect:
    for i in 1..3:
      collect:
        for j in 1..i: j
  echo nested
  for i, w in enumerate(words):
    if i == 1: continue
    echo i, w
  for i, w in enumerate(10, words): echo i, w
  for (i, w) in enumerate(words): echo i, w
main()
var a, b: int
var op: string
var f: float
if scanf("move 12 from -3", "move $i from $i", a, b): echo a, " ", b
echo scanf("x = 3.5;", "$w = $f;", op, f), op, f
echo scanf("x = y;", "$w = $i;", op, a), op, a
let (ok, n, w) = scanTuple("12:abc", "$i:$w")
echo ok, n, w
if scanf("key=value rest", "$+=$* rest$.", op, op): echo op
type P = object
  x, y: int
var p: P
with p:
  x = 3
  y = 4
echo p
var q: seq[int]
with q:
  add 1
  add 2
echo q
echo mapLiterals([1, 2, 3], float), mapLiterals((1, ("a", 2)), `$`, nested = true)
var fs: seq[proc (): int]
for i in 0..2:
  capture i:
    fs.add(() => i * 10)
for f in fs: echo f()
proc ap(f: (int, int) -> int): int = f(3, 4)
echo ap((a, b) => a * b)
