discard """
  output: '''
some(1) none(int) some("s") none(string)
truetrue 3 7 truefalse
some("8") none(int) some(2)
Can't obtain a value from a `none`
some(@[1, 2])
true1
'''
"""
import std/options
proc find(xs: seq[int], x: int): Option[int] =
  for i, y in xs:
    if y == x: return some(i)
  none(int)
echo find(@[4, 5], 5), " ", find(@[4, 5], 6), " ", some("s"), " ", none(string)
echo some(3).isSome, none(int).isNone, " ", some(3).get, " ", none(int).get(7), " ", some(1) == some(1), some(1) == none(int)
echo some(4).map(proc (x: int): string = $(x * 2)), " ", some(4).filter(proc (x: int): bool = x > 5), " ", some(some(2)).flatten
try:
  echo none(int).get
except UnpackDefect as e:
  echo e.msg
var o = some(@[1])
o.get.add(2)
echo o
type Node = ref object
  v: int
let nothing: Node = nil
echo option(nothing).isNone, option(Node(v: 1)).get.v
