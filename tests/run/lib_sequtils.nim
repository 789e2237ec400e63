discard """
  output: '''
@["1", "2", "3"] @[2, 4]
@[1, 4, 9] @[3, 4] @["1!", "2!", "3!"]
6 9123 2 ab
@[1, 2, 3, 4] @['a', 'b', 'c'] @[(1, "a"), (2, "b")] (@[1, 2], @['x', 'y'])
@[1, 2, 3] @[1, 2] @["x", "x"] @[1, 2, 1, 2] 2
truefalse false 10
@[8, 20, 40, 50] @[@[1, 2, 3], @[4, 5]] @[@[0, 0], @[0, 0]]
@[1, 4, 9, 16]
'''
"""
import std/sequtils
echo @[1, 2, 3].map(proc (x: int): string = $x), " ", @[1, 2, 3, 4].filter(proc (x: int): bool = x mod 2 == 0)
echo @[1, 2, 3].mapIt(it * it), " ", @[1, 2, 3, 4].filterIt(it > 2), " ", [1, 2, 3].mapIt($it & "!")
echo @[1, 2, 3].foldl(a + b), " ", @[1, 2, 3].foldl(a * 10 + b, 9), " ", @[1, 2, 3].foldr(a - b), " ", @["a", "b"].foldl(a & b)
echo toSeq(1..4), " ", toSeq("abc"), " ", zip(@[1, 2], @["a", "b", "c"]), " ", unzip(@[(1, 'x'), (2, 'y')])
echo concat(@[1], @[2, 3]), " ", @[1, 1, 2, 1].deduplicate, " ", repeat("x", 2), " ", cycle([1, 2], 2), " ", count(@[1, 1, 2], 1)
echo anyIt(@[1, 2], it == 2), allIt(@[1, 2], it == 2), " ", any([1], proc (x: int): bool = x > 5), " ", minIndex([3, 1, 2]), maxIndex([3, 1, 2])
var s = @[1, 2, 3, 4, 5]
s.keepItIf(it != 3)
s.applyIt(it * 10)
s.insert(@[7, 8], 1)
s.delete(0 .. 1)
echo s, " ", distribute(@[1, 2, 3, 4, 5], 2), " ", newSeqWith(2, newSeq[int](2))
iterator squares(n: int): int =
  for i in 1 .. n: yield i * i
echo toSeq(squares(4))
