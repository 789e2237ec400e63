discard """
  output: '''
int true string seq[int]
8
true false true false
h1 h1
h2 h2
third h3
3 2
int Inner 4
c
'''
"""
# `type(x)` is the older spelling of `typeof(x)`.
import std/[typetraits, enumutils]

var x = 3
var y: type(x) = 4
echo type(x), " ", type(y) is int, " ", $type("s"), " ", type(@[x])
proc twice[T](a: T): type(a) = a + a
echo twice(4)

# Enums with holes are no ordinals; their constants are known all the same.
type
  Holes = enum h1 = 3, h2 = 7, h3 = (9, "third")
  Plain = enum p1, p2
  Inner = distinct int
  Outer = distinct Inner
echo Holes is HoleyEnum, " ", Plain is HoleyEnum, " ", Plain is OrdinalEnum, " ", Holes is Ordinal
for h in Holes.items: echo h, " ", h.symbolName
echo Holes.enumLen, " ", Plain.enumLen
echo Outer.distinctBase, " ", distinctBase(Outer, false), " ", Inner(3).distinctBase + 1
var e: elementType("abc") = 'c'
echo e
