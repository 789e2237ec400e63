discard """
  output: '''
32
truefalse @[0, 2]
@[2, 2, 2, 2]@[2, 2, 2, 2]
2 1
{green}{red, green, blue}0
{'\x00', '\x01', '\x02', '\x03', '\x04', '\x05', '\x06', '\a', '\b', '\t', '\n', '\v', '\f', '\r', '\x0E', '\x0F', '\x10', '\x11', '\x12', '\x13', '\x14', '\x15', '\x16', '\x17', '\x18', '\x19', '\x1A', '\e', '\x1C', '\x1D', '\x1E', '\x1F', ' ', '!', '\"', '#', '$', '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?', '@', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', '[', '\\', ']', '^', '_', '`', 'a'}
Nim0
truefalse Uninitialized DateTime
{"mode":"modeCaseSensitive","table":{"name":"John"}}
Jane
truetruefalse
true31
<tree />
abc-Mnchen-3yaxn--a-
'''
"""
# Corners of the modules that their documentation shows.
import std/[bitops, enumerate, hashes, json, jsonutils, lists, os, punycode, sequtils, setutils, strbasics, strtabs, sugar, tempfiles,
  times, typetraits, xmltree]

block: # bitops
  var v = 0b0000_0011'u8
  v.setBit(5'u8)
  v.clearBit(1'u8)
  v.flipBit(0'u8)
  echo v

block: # lists that are tied to a ring
  var a = [0, 1, 2].toSinglyLinkedList
  let n = a.head.next
  echo a.remove(n), a.remove(n), " ", a.toSeq
  a.addMoved(a)
  a.remove(a.head)
  var b = [0, 1, 2].toDoublyLinkedList
  b.remove(b.head.next)
  b.addMoved(b)
  b.remove(b.head)
  let firstA = collect:
    for i, x in enumerate(a):
      if i == 4: break
      x
  let firstB = collect:
    for i, x in enumerate(b):
      if i == 4: break
      x
  echo firstA, firstB

block: # any iterator may be counted
  iterator iota(n: int): int =
    for i in 0 ..< n: yield i
  echo countIt(iota(10), it < 2), " ", [3, -1].countIt(it < 0)

block: # sets of enums with holes
  type Colour = enum
    red, green = 3, blue
  echo complement({red, blue}), fullSet(Colour), complement({red, green, blue}).card
  echo complement({'b' .. '\255'})

block: # a slice that is not there
  var a = "Hello, Nim!"
  echo a.dup(setSlice(7 .. 9)), a.dup(setSlice(20 .. -1)).len
  doAssertRaises(AssertionDefect): discard a.dup(setSlice(-1 .. 1))
  doAssertRaises(AssertionDefect): discard a.dup(setSlice(1 .. 11))

block: # files in directories that are not there
  doAssertRaises(OSError): discard createTempDir("", "", "/nonexistent/directory")

block: # times
  let dt = dateTime(2000, mJan, 01, 12, zone = utc())
  echo dt.isInitialized, default(DateTime).isInitialized, " ", default(DateTime)

block: # tables of strings as JSON
  let t = newStringTable("name", "John", modeCaseSensitive)
  echo t.toJson
  var back: StringTableRef
  back.fromJsonHook(parseJson("""{"mode": 0, "table": {"name": "Jane"}}"""))
  echo back["name"]

block: # closures in tables
  proc plain() = discard
  const same = plain
  var a = 0
  proc inner() = inc a
  let held = inner
  echo hash(same) == hash(plain), hash(held) == hash(inner), hash(inner) == hash(plain)

block: # typetraits
  type
    Inner = distinct int
    Outer = distinct Inner
  echo 12.Outer.distinctBase(false) is Inner, arity((int, float, string)), arity(seq[int])

block: # text nodes are cleared too
  var k = newXmlTree("tree", [newText("some text"), newElement("inner")])
  clear(k)
  echo k

echo encode("abc"), encode("München"), encode("xn--", "a")
