discard """
  output: '''
.....
..#..
...#.
.###.
.....
some(1)none(int)some(3)["a", "c"]
account 7: need 30 more 30
(id: 7, balance: 70, log: @["-30"])
Name       | Qty | Price
Apple      |   3 |  1.50
Watermelon |   1 | 12.00
------------------------
@["MCMXCIV", "MMXXIV", "XLIX"]
4
@[1, 2, 3]
@[1, 3, 2] @[2, 1, 3] @[2, 3, 1] @[3, 1, 2] @[3, 2, 1] 
@["ab", "ac", "ad", "bc", "bd", "cd"]
truetruefalsetrue6
@[(0, 2, 1), (0, 1, 3), (1, 2, 7)]@[(0, 2, 1), (0, 1, 3), (1, 2, 7)]
@[('a', 3), ('b', 1), ('c', 2), ('d', 1)]2a1b
31
....
..@.
<2.0, 2.0>@[<1.0, 0.0>]{<0.0, 0.0>: 1}
loop done
5050
    done
 a
 b@["x", "y"]@["a", "b"]
'''
"""
import std/[strutils, sequtils, tables, algorithm, deques, sets, math, strformat, options, hashes]
# game of life with sets of tuples
type Cell = tuple[x, y: int]
proc step(live: HashSet[Cell]): HashSet[Cell] =
  var counts: CountTable[Cell]
  for c in live:
    for dx in -1..1:
      for dy in -1..1:
        if (dx, dy) != (0, 0): counts.inc((x: c.x + dx, y: c.y + dy))
  for c, n in counts:
    if n == 3 or (n == 2 and c in live): result.incl c
proc show(live: HashSet[Cell], n: int): string =
  for y in 0 ..< n:
    for x in 0 ..< n: result.add(if (x, y) in live: '#' else: '.')
    result.add '\n'
var glider = [(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)].mapIt((x: it[0], y: it[1])).toHashSet
for _ in 1..4: glider = glider.step
stdout.write glider.show(5)
# LRU cache with generics
type
  LruCache[K, V] = object
    cap: int
    order: Deque[K]
    data: Table[K, V]
proc initLru[K, V](cap: int): LruCache[K, V] = LruCache[K, V](cap: cap, order: initDeque[K](), data: initTable[K, V]())
proc touch[K, V](c: var LruCache[K, V], k: K) =
  var rest = initDeque[K]()
  for x in c.order:
    if x != k: rest.addLast x
  rest.addLast k
  c.order = rest
proc `[]=`[K, V](c: var LruCache[K, V], k: K, v: V) =
  if k notin c.data and c.data.len >= c.cap: c.data.del c.order.popFirst
  c.data[k] = v
  c.touch k
proc get[K, V](c: var LruCache[K, V], k: K): Option[V] =
  if k in c.data:
    c.touch k
    result = some(c.data[k])
var cache = initLru[string, int](2)
cache["a"] = 1
cache["b"] = 2
discard cache.get("a")
cache["c"] = 3
echo cache.get("a"), cache.get("b"), cache.get("c"), cache.order
# bank with exceptions
type
  InsufficientFunds = object of CatchableError
    needed: int
  Account = ref object
    id: int
    balance: int
    log: seq[string]
proc withdraw(a: Account, n: Positive) =
  if a.balance < n:
    var e = newException(InsufficientFunds, &"account {a.id}: need {n - a.balance} more")
    e.needed = n - a.balance
    raise e
  a.balance -= n
  a.log.add &"-{n}"
let acc = Account(id: 7, balance: 100)
acc.withdraw 30
try: acc.withdraw 100
except InsufficientFunds as e: echo e.msg, " ", e.needed
echo acc[]
# text wrapping / table print
let rows = @[("Name", "Qty", "Price"), ("Apple", "3", "1.50"), ("Watermelon", "1", "12.00")]
let widths = (rows.mapIt(it[0].len).max, rows.mapIt(it[1].len).max, rows.mapIt(it[2].len).max)
for (a, b, c) in rows: echo a.alignLeft(widths[0]), " | ", b.align(widths[1]), " | ", c.align(widths[2])
echo '-'.repeat(widths[0] + widths[1] + widths[2] + 6)
# roman numerals
const romans = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
proc toRoman(n: int): string =
  var n = n
  for (v, s) in romans:
    while n >= v:
      result.add s
      n -= v
echo [1994, 2024, 49].mapIt(it.toRoman)
# n-queens, permutations, combinations
proc queens(n: int): int =
  var cols, d1, d2: set[int8]
  proc place(r: int): int =
    if r == n: return 1
    for c in 0 ..< n:
      let (a, b, x) = (int8(c), int8(r + c), int8(r - c))
      if a notin cols and b notin d1 and x notin d2:
        cols.incl a; d1.incl b; d2.incl x
        result += place(r + 1)
        cols.excl a; d1.excl b; d2.excl x
  place(0)
echo queens(6)
var perm = @[1, 2, 3]
echo perm
while perm.nextPermutation: stdout.write perm, " "
echo ""
proc combos[T](xs: seq[T], k: int): seq[seq[T]] =
  if k == 0: return @[newSeq[T]()]
  for i in 0 .. xs.len - k:
    for rest in combos(xs[i + 1 .. ^1], k - 1): result.add(@[xs[i]] & rest)
echo combos(@['a', 'b', 'c', 'd'], 2).mapIt(it.join)
# union find, floyd warshall
type Dsu = object
  parent: seq[int]
proc find(d: var Dsu, x: int): int =
  if d.parent[x] != x: d.parent[x] = d.find(d.parent[x])
  d.parent[x]
proc union(d: var Dsu, a, b: int): bool =
  let (x, y) = (d.find(a), d.find(b))
  result = x != y
  if result: d.parent[x] = y
var dsu = Dsu(parent: toSeq(0..5))
echo dsu.union(0, 1), dsu.union(1, 2), dsu.union(0, 2), dsu.find(0) == dsu.find(2), dsu.parent.len
var edges = @[(1, 2, 7), (0, 1, 3), (0, 2, 1)]
edges.sort(proc (a, b: (int, int, int)): int = cmp(a[2], b[2]))
echo edges, edges.sortedByIt(it[0])
# run length
proc rle(s: string): seq[(char, int)] =
  for c in s:
    if result.len > 0 and result[^1][0] == c: inc result[^1][1]
    else: result.add (c, 1)
echo rle("aaabccd"), rle("aab").mapIt(&"{it[1]}{it[0]}").join
proc hanoi(n: int, a, b, c: char, moves: var int) =
  if n == 0: return
  hanoi(n - 1, a, c, b, moves)
  inc moves
  hanoi(n - 1, c, b, a, moves)
var moves = 0
hanoi(5, 'A', 'B', 'C', moves)
echo moves
type Grid[W, H: static int] = array[H, array[W, char]]
var g: Grid[4, 2]
for row in g.mitems:
  for c in row.mitems: c = '.'
g[1][2] = '@'
for row in g: echo row.join
type Vec = object
  x, y: float
proc `+`(a, b: Vec): Vec = Vec(x: a.x + b.x, y: a.y + b.y)
proc `*`(a: Vec, k: float): Vec = Vec(x: a.x * k, y: a.y * k)
proc `$`(v: Vec): string = &"<{v.x:.1f}, {v.y:.1f}>"
proc hash(v: Vec): Hash = !$(hash(v.x) !& hash(v.y))
echo Vec(x: 1, y: 2) + Vec(x: 0.5) * 2, @[Vec(x: 1)], {Vec(): 1}.toTable
template timeIt(name: string, body: untyped) =
  body
  echo name, " done"
timeIt "loop":
  var total = 0
  for i in 1..100: total += i
echo total
echo "done".indent(4), "\n", "a\nb".indent(2).unindent(1), "x,y".split(',', 1), "a  b".splitWhitespace
