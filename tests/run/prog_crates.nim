discard """
  output: '''
CMZ
@[@['C'], @['M'], @['P', 'D', 'N', 'Z']]
the       3
fox       2
brown     1
jumps     1
lazy      1
quick     1
over      1
dog       1
(key: ' ', val: 10)
some(5)5
brown=5 dog=3 fox=3 jumps=5 lazy=4 over=4 quick=5 the=3 
220
@[9, 16, 25]
5: quick,brown,jumps
4: over,lazy
3: the,fox,the,dog,the,fox
@['a', 'b', 'c']@["a", "b", "c"]{"x": 1, "y": 2}
@[(1, "a"), (2, "b")]@[3, 2, 1]12665
3.142    100 0xff a 3 -1 2
'''
"""
# Advent-of-code like: parse crates and moves
import strutils, sequtils, strscans, tables, sets, algorithm, math, strformat, deques, options, sugar
const input = """
    [D]    
[N] [C]    
[Z] [M] [P]
 1   2   3 

move 1 from 2 to 1
move 3 from 1 to 3
move 2 from 2 to 1
move 1 from 1 to 2"""
type Move = tuple[n, src, dst: int]
proc parse(s: string): (seq[seq[char]], seq[Move]) =
  let parts = s.split("\n\n")
  let rows = parts[0].splitLines
  let n = rows[^1].splitWhitespace.len
  var stacks = newSeq[seq[char]](n)
  for r in rows[0 ..^ 2].reversed:
    for i in 0 ..< n:
      let at = 1 + 4 * i
      if at < r.len and r[at] in 'A'..'Z': stacks[i].add r[at]
  var moves: seq[Move]
  for line in parts[1].splitLines:
    var m: Move
    if line.scanf("move $i from $i to $i", m.n, m.src, m.dst): moves.add m
  (stacks, moves)
var (stacks, moves) = parse(input)
for (n, src, dst) in moves:
  for _ in 1..n: stacks[dst - 1].add stacks[src - 1].pop
echo stacks.mapIt(it[^1]).join
echo stacks
# word frequencies
let text = "the quick brown fox jumps over the lazy dog the fox"
var freq = initCountTable[string]()
for w in text.split: freq.inc w
freq.sort
for k, v in freq: echo &"{k:<8}{v:>3}"
echo text.toCountTable.largest
# bfs on a grid
const grid = ["S..#", ".#..", "...E"]
type P = (int, int)
proc bfs(): Option[int] =
  var start: P
  for y, row in grid:
    for x, c in row:
      if c == 'S': start = (x, y)
  var seen = [start].toHashSet
  var q = [(start, 0)].toDeque
  while q.len > 0:
    let (p, d) = q.popFirst
    if grid[p[1]][p[0]] == 'E': return some(d)
    for (dx, dy) in [(1, 0), (0, 1), (-1, 0), (0, -1)]:
      let np = (p[0] + dx, p[1] + dy)
      if np[0] in 0 .. grid[0].high and np[1] in 0 .. grid.high and grid[np[1]][np[0]] != '#' and np notin seen:
        seen.incl np
        q.addLast (np, d + 1)
  none(int)
echo bfs(), bfs().get
let byLen = collect(initTable()):
  for w in deduplicate(text.split): {w: w.len}
for k in toSeq(keys(byLen)).sorted: stdout.write k, "=", byLen[k], " "
echo ""
echo (1..10).toSeq.filterIt(it mod 2 == 0).mapIt(it ^ 2).foldl(a + b)
echo toSeq(1..5).map(x => x * x).filter(x => x > 4)
var groups: Table[int, seq[string]]
for w in text.split: groups.mgetOrPut(w.len, @[]).add w
for k in sorted(toSeq(keys(groups)), Descending): echo k, ": ", groups[k].join(",")
echo "abc".toSeq, "a-b_c".split({'-', '_'}), "x=1;y=2".split(';').mapIt(it.split('=')).mapIt((it[0], it[1].parseInt)).toTable
echo zip(@[1, 2, 3], @["a", "b"]), @[3, 1, 2].sorted((a, b) => cmp(b, a)), lcm(4, 6), gcd(12, 18), sum([1, 2, 3]), max(@[1, 5, 2])
echo fmt"{PI:.3f} {100:>6} {255:#x} {'a'}", " ", 7 /% 2, " ", -7 mod 3, " ", floorMod(-7, 3)
