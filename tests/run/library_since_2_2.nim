discard """
  disabled: "nim"
  output: '''
2 -1
@[1, 2, 3]
(1, 9)
("ccc", "a")
@[1, 2, 6, 24]
[1.0, 0.5, 0.25]
uint8 int64 uint
4 1500
5 2097152
3 3000000000
0 7
1 5
4 9223372036854775807
3 2048
3
2 12
4 12.5
3 xyz
122
3 ab 
1 q
{"a": @[3]}{"b": 2}{"c": "x"}{4: 1}
x x_x
int
(0.6, 0.8) (0.0, 0.0)
true #696969 #D3D3D3
true true true
true false
3
copied
4 2 ñ 2
añ -1 1
a;ñ;ñ3
INFO kept
'''
"""
# What came to the library with Nim 2 and 2.2.
import std/[colors, complex, logging, macros, math, os, parseutils, random, sequtils, strutils, tables, typetraits, unicode, uri]

echo findIt([1, 2, 3, 4], it > 2), " ", findIt("abc", it == 'z')
var s = @[1, 2]
s.addUnique 2
s.addUnique 3
echo s
echo minmax([3, 9, 1, 4])
echo minmax(["a", "bb", "ccc"], proc (a, b: string): int = cmp(b, a))
echo cumproded([1, 2, 3, 4])
var halves = [1.0, 0.5, 0.5]
cumprod(halves)
echo halves
echo toUnsigned(int8), " ", toSigned(uint64), " ", toUnsigned(uint)
var size = 7'i64
for text in ["1.5k", "2 MiB/s", "3GB"]: echo parseSize(text, size), " ", size
size = 7
echo parseSize("x", size), " ", size
echo parseSize("5 ", size), " ", size
echo parseSize("99ZB", size), " ", size
echo parseSize("2kb", size, alwaysBin = true), " ", size
var grown: seq[int]
grown.setLenUninit(3)
echo grown.len

# Parts of strings, without copies of one's own.
let text = "ab 12.5 xyz 0xff"
var
  number: int
  real: float
  word: string
  letter: char
echo parseInt(text.toOpenArray(3, 4), number), " ", number
echo parseFloat(text.toOpenArray(3, text.high), real), " ", real
echo parseIdent(text.toOpenArray(8, text.high), word), " ", word
echo skipWhitespace(text.toOpenArray(2, 5)), skipUntil(text.toOpenArray(0, 5), ' '), skipWhile(text.toOpenArray(0, 5), {'a' .. 'z'})
echo parseUntil(text.toOpenArray(0, 8), word, "12"), " ", word
echo parseChar(['q'], letter), " ", letter

# Places in tables, with zeros where there was nothing.
var
  lists: Table[string, seq[int]]
  counts: OrderedTable[string, int]
let
  shared = newTable[string, string]()
  ordered = newOrderedTable[int, int]()
lists.mgetOrPut("a").add 3
counts.mgetOrPut("b") += 2
shared.mgetOrPut("c").add "x"
inc ordered.mgetOrPut(4)
echo lists, counts, shared, ordered

echo "a-b_c".multiReplace(({'a' .. 'c'}, 'x'), ({'-', 'a'}, ' '))
type
  Small = range[1 .. 3]
  Choice = enum one, two
let small: Small = 2
echo typeof(rangeBase(small))
echo sgn(complex(3.0, 4.0)), " ", sgn(complex(0.0, 0.0))
echo colSlateGrey == colSlateGray, " ", parseColor("dimgrey"), " ", colLightGray
var source = initRand(7)
echo source.rand(Choice) in {one, two}, " ", rand(bool) in {false, true}, " ", rand(Small) in {1 .. 3}
echo parseUri("http://[::1]:80/").isIpv6, " ", parseUri("http://a/").isIpv6
macro parsed(): untyped = parseStmt("echo 1 + 2", "made.nim")
parsed()
let made = getTempDir() / "midair_since_2_2.txt"
writeFile(made, "copied")
copyFile(made, made & ".copy", bufferSize = 100)
echo readFile(made & ".copy")
removeFile(made)
removeFile(made & ".copy")

let runes = "añyó"
var at = 1
var rune: Rune
echo runeLen(runes), " ", runeLen(runes.toOpenArray(0, 2)), " ", runes.toOpenArray(1, 4).runeAt(0), " ", runes.toOpenArray(1, 2).runeLenAt(0)
echo toRunes(runes.toOpenArray(0, 2)), " ", validateUtf8(runes), " ", validateUtf8(runes.toOpenArray(0, 1))
for r in runes(runes.toOpenArray(0, 2)): stdout.write r, ";"
fastRuneAt(runes.toOpenArray(0, 4), at, rune)
echo rune, at

# A message is in the file before that is closed.
let logged = newFileLogger(made, fmWrite)
logged.log(lvlInfo, "kept")
stdout.write readFile(made)
logged.file.close()
removeFile(made)
