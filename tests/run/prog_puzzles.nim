discard """
  output: '''
               #
              ###
             ##  #
            ## ####
           ##  #   #
          ## #### ###
         ##  #    #  #
        ## ####  ######
GTAB
9
@[1, 2, 2, 3, 6, 8, 9]
@[1, 2, 5, 9]
@["in", "the", "rain", "spain", "falls", "mainly"]@["the", "spain", "rain", "mainly", "in", "falls"]
The Rain In Spain Falls Mainly
mainly
3@["the"]
4@["rain"]
2@["in"]
5@["spain", "falls"]
6@["mainly"]
3;4;2;5;6;
0the
1rain
2in
@[3, 6, 9, 12, 15, 18]
@[1, 4, 9, 16, 25]5525
52(rank: 1, suit: Clubs)(rank: 13, suit: Spades)
52364
@[(rank: 1, suit: Clubs), (rank: 2, suit: Clubs), (rank: 3, suit: Clubs)]
123
123
x.txt
[5, 2, 1, 1, 0]5
@[('a', 5), ('b', 2)]
[0, 1, 4, 9, 16]
016
0111FF3.14100.01.414210000002.03.05.0
@["a", "b", "c"]@["", "", "x", "y", ""]@[97, 98, 99]a+b21b1
Hello23truetrue0
true"tab\x09x"@["line1", "line2"]@["a", "b"]6
'''
"""
import sequtils, strutils, algorithm, sugar, tables, math, sets, random, std/enumerate
# cellular automaton, matrices, dp
proc rule(n: int, cells: seq[bool]): seq[bool] =
  for i in 0 ..< cells.len:
    let l = cells[(i - 1 + cells.len) mod cells.len]
    let r = cells[(i + 1) mod cells.len]
    let idx = l.ord * 4 + cells[i].ord * 2 + r.ord
    result.add ((n shr idx) and 1) == 1
var cells = newSeq[bool](31)
cells[15] = true
for _ in 1..8:
  echo cells.mapIt(if it: '#' else: ' ').join.strip(leading = false)
  cells = rule(30, cells)
proc lcs(a, b: string): string =
  var dp = newSeqWith(a.len + 1, newSeq[int](b.len + 1))
  for i in 1..a.len:
    for j in 1..b.len:
      dp[i][j] = if a[i-1] == b[j-1]: dp[i-1][j-1] + 1 else: max(dp[i-1][j], dp[i][j-1])
  var (i, j) = (a.len, b.len)
  while i > 0 and j > 0:
    if a[i-1] == b[j-1]:
      result.insert($a[i-1], 0)
      dec i; dec j
    elif dp[i-1][j] >= dp[i][j-1]: dec i
    else: dec j
echo lcs("AGGTAB", "GXTXAYB")
proc knapsack(items: seq[tuple[w, v: int]], cap: int): int =
  var best = newSeq[int](cap + 1)
  for (w, v) in items:
    for c in countdown(cap, w): best[c] = max(best[c], best[c - w] + v)
  best[cap]
echo knapsack(@[(w: 1, v: 1), (w: 3, v: 4), (w: 4, v: 5), (w: 5, v: 7)], 7)
proc quicksort[T](a: seq[T]): seq[T] =
  if a.len <= 1: return a
  let p = a[0]
  let rest = a[1..^1]
  quicksort(rest.filterIt(it < p)) & p & quicksort(rest.filterIt(it >= p))
echo quicksort(@[3, 6, 1, 8, 2, 9, 2])
proc mergeSort(a: seq[int]): seq[int] =
  if a.len < 2: return a
  let m = a.len div 2
  var (l, r) = (mergeSort(a[0 ..< m]), mergeSort(a[m .. ^1]))
  while l.len > 0 and r.len > 0:
    if l[0] <= r[0]:
      result.add l[0]
      l.delete 0
    else:
      result.add r[0]
      r.delete 0
  result & l & r
echo mergeSort(@[5, 2, 9, 1])
let words = "the rain in spain falls mainly".split
echo words.sortedByIt(it.len), words.sorted(SortOrder.Descending)
echo words.mapIt(it[0].toUpperAscii & it[1..^1]).join(" ")
echo words.foldl(if b.len > a.len: b else: a)
var groups = initOrderedTable[int, seq[string]]()
for w in words: groups.mgetOrPut(w.len, @[]).add w
for k, v in groups.pairs: echo k, v
for k in toSeq(groups.keys): stdout.write k, ";"
echo ""
for i, w in enumerate(words):
  if i > 2: break
  echo i, w
echo collect(for i in 1..20: (if i mod 3 == 0: i))
let sq = collect(newSeq):
  for i in 1..5:
    i * i
echo sq, sq.sum, sq.max
type
  Suit = enum Clubs, Diamonds, Hearts, Spades
  Card = tuple[rank: int, suit: Suit]
var deck: seq[Card]
for s in Suit:
  for r in 1..13: deck.add (r, s)
echo deck.len, deck[0], deck[^1]
var rng = initRand(1)
rng.shuffle(deck)
echo deck.toHashSet.len, deck.mapIt(it.rank).sum
echo deck.sortedByIt((it.suit, it.rank))[0..2]
iterator countTo(n: int): int {.closure.} =
  var i = 1
  while i <= n:
    yield i
    inc i
let it1 = countTo
echo it1(3), it1(3), it1(3)
for x in countTo(3): stdout.write x
echo ""
template withFile(name, body: untyped) =
  block:
    let fileName {.inject.} = name
    body
withFile "x.txt":
  echo fileName
var counts: array['a'..'e', int]
for c in "abracadabra":
  if c in 'a'..'e': inc counts[c]
echo counts, counts['a']
echo toSeq("abracadabra".toCountTable.pairs).sortedByIt((-it[1], it[0]))[0..1]
const squares = block:
  var t: array[5, int]
  for i in 0..4: t[i] = i * i
  t
echo squares
let (mn, mx) = (min(squares), max(squares))
echo mn, mx
echo 7.toBin(4), 255.toHex(2), 3.14159.round(2), 10.0.pow(2.0), sqrt(2.0).formatFloat(ffDecimal, 4), 1e6.int, 17.0 mod 5.0, log2(8.0), hypot(3.0, 4.0)
echo "a,b;c".split({',', ';'}), "  x y ".split, "abc".mapIt(it.ord), "a-b".replace('-', '+'), "aXbX".multiReplace(("X", "1"), ("a", "2"))
echo "Hello"[0..1], "Hello"[^3..^1], "hello".find("l"), "hello".rfind("l"), "hello".contains("ell"), "hi" in "this", "x".cmpIgnoreCase("X")
echo "%d" in "100%d", "tab\tx".escape, "line1\nline2".splitLines, "a=b".split("=", 1), "1 2 3".split.map(parseInt).sum
