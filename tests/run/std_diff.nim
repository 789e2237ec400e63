discard """
  output: '''
@[(startA: 0, startB: 0, deletedA: 1, insertedB: 1), (startA: 6, startB: 6, deletedA: 1, insertedB: 1), (startA: 8, startB: 8, deletedA: 1, insertedB: 1)]
@[(startA: 0, startB: 0, deletedA: 0, insertedB: 1)]@[(startA: 0, startB: 0, deletedA: 1, insertedB: 0)]@[]@[]
@[(startA: 0, startB: 0, deletedA: 1, insertedB: 1), (startA: 2, startB: 2, deletedA: 1, insertedB: 0), (startA: 5, startB: 4, deletedA: 1, insertedB: 0), (startA: 7, startB: 5, deletedA: 0, insertedB: 1)]
@[(startA: 0, startB: 0, deletedA: 1, insertedB: 1)]@[(startA: 2, startB: 2, deletedA: 0, insertedB: 1)]
(2, 2, 10, 0)
(1, 1, 0, 1)(2, 3, 0, 2)(5, 8, 0, 11)
(1, 1, 0, 6)(2, 8, 1, 1)(6, 12, 1, 1)(9, 15, 1, 0)(11, 16, 2, 0)(15, 18, 1, 0)
(0, 0, 0, 2)(1, 3, 0, 4)(3, 9, 0, 2)(4, 12, 0, 3)
(0, 0, 0, 4)(1, 5, 0, 2)(3, 9, 1, 1)
(1, 1, 1, 9)(3, 11, 0, 1)(4, 13, 3, 1)(8, 15, 0, 1)(10, 18, 2, 0)
(0, 0, 1, 0)(2, 1, 0, 1)(3, 3, 0, 2)(4, 6, 1, 1)(6, 8, 2, 0)(9, 9, 0, 1)
(0, 0, 19, 0)
(6, 6, 6, 0)(13, 7, 5, 0)
(0, 0, 0, 2)(1, 3, 0, 2)(2, 6, 2, 0)(7, 9, 4, 0)(12, 10, 1, 0)(14, 11, 2, 0)
(0, 0, 0, 2)(1, 3, 0, 12)
(0, 0, 0, 3)(1, 4, 0, 3)(2, 8, 2, 0)
(0, 0, 2, 1)(5, 4, 0, 1)(6, 6, 1, 1)(8, 8, 1, 0)(11, 10, 1, 0)(13, 11, 1, 1)
(0, 0, 3, 1)(4, 2, 1, 0)(6, 3, 0, 1)(7, 5, 0, 1)(8, 7, 0, 3)(9, 11, 2, 2)(12, 14, 3, 1)
(5, 5, 0, 10)
(0, 0, 0, 3)(1, 4, 1, 1)(6, 9, 4, 0)
(0, 0, 3, 0)
(0, 0, 1, 0)(3, 2, 2, 1)
(0, 0, 0, 1)(1, 2, 0, 7)(2, 10, 0, 7)
(0, 0, 6, 0)(7, 1, 2, 0)(10, 2, 5, 0)(16, 3, 2, 1)
(0, 0, 0, 3)(1, 4, 1, 3)(3, 8, 2, 0)(6, 9, 3, 0)(10, 10, 4, 2)
true11false15
A2
%0
%0
a    bbb c
xxxx y   z
|
1.|2222|3
10|....|.
(text: "ab", width: 2, row: 0, col: 0, ncols: 2, nrows: 2)
(text: "c", width: 1, row: 0, col: 1, ncols: 2, nrows: 2)
(text: "d", width: 2, row: 1, col: 0, ncols: 2, nrows: 2)
(text: "", width: 1, row: 1, col: 1, ncols: 2, nrows: 2)
0 -32 -98 0 0
truefalsetrue0-1
54-1
'''
"""
# What differs between sequences and between texts; digits and escapes of private modules that programs import.
import experimental/diff
import std/private/[asciitables, decode_helpers, strimpl]

echo diffInt([0, 1, 2, 3, 4, 5, 6, 7, 8], [-1, 1, 2, 3, 4, 5, 666, 7, 42])
echo diffInt([], [1]), diffInt([1], []), diffInt([], []), diffInt([1, 2], [1, 2])
echo diffText("a\nb\nc\na\nb\nb\na", "c\nb\na\nb\na\nc")
echo diffText("", "x"), diffText("a\nb", "a\nb\n")

var state = 7'u32
proc below(n: int): int =
  state = state * 1103515245'u32 + 12345'u32
  int(state shr 16) mod n
for i in 0 .. 20:
  var a, b: seq[int]
  for _ in 0 ..< below(20): a.add below(1 + i mod 7)
  for _ in 0 ..< below(20): b.add below(1 + i mod 7)
  for item in diffInt(a, b): stdout.write (item.startA, item.startB, item.deletedA, item.insertedB)
  echo ""

var x = 0
echo handleHexChar('B', x), x, handleHexChar('?', x), handleHexChar('f')
for text in ["%41b", "%zz", "%4"]:
  var i = 0
  echo decodePercent(text, i), i

echo alignTable("a\tbbb\tc\nxxxx\ty\tz\n"), "|"
echo alignTable("1,2222,3\n10", delim = ',', fill = '.', sep = "|")
for c in parseTableCells("ab\tc\nd"): echo c

echo cmpNimIdentifier("fooBar", "foo_bar"), " ", cmpNimIdentifier("FooBar", "fooBar"), " ", cmpNimIdentifier("a", "ab"), " ",
  cmpNimIdentifier("", ""), " ", cmpNimIdentifier(cstring"aB", cstring"a_b")
proc ends(a, b: string): bool = endsWithImpl(a, b)
proc ignoring(a, b: string): int = cmpIgnoreCaseImpl(a, b)
echo ends("abc", "bc"), ends("c", "bc"), ends("x", ""), ignoring("aB", "Ab"), ignoring("a", "ab")
echo strimpl.find(cstring"abcabc", 'c', 3), strimpl.find(cstring"abcabc", cstring"bc", 2), strimpl.find(cstring"abcabc", 'z')
