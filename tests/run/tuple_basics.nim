discard """
  output: '''
(1, "two", 3.0) 1 two
(x: 11, y: 2) 11 2 true
(x: 3, y: 4) false
(x: 11, y: 2) (x: 11, y: 99)
(lo: 1, hi: 4) 5
'''
"""
let t = (1, "two", 3.0)
echo t, " ", t[0], " ", t[1]
type Point = tuple[x, y: int]
var p: Point = (x: 1, y: 2)
p.x += 10
echo p, " ", p.x, " ", p[1], " ", p == (11, 2)
let q: Point = (3, 4)
echo q, " ", p == q
var copy = p
copy.y = 99
echo p, " ", copy
proc minMax(xs: openArray[int]): tuple[lo, hi: int] =
  result = (xs[0], xs[0])
  for x in xs:
    if x < result.lo: result.lo = x
    if x > result.hi: result.hi = x
echo minMax([3, 1, 4]), " ", minMax([5]).hi
