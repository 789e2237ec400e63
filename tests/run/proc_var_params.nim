discard """
  output: '''
12ba[7, 7, 7]42
(v: 5)[7, 8, 7]@[2, 2]
'''
"""
proc bump(x: var int, by = 1) = x += by
proc swapThem(a, b: var string) =
  let t = a
  a = b
  b = t
proc fill(xs: var array[3, int], v: int) =
  for x in xs.mitems: x = v
proc split(n: int, q, r: var int) =
  q = n div 10
  r = n mod 10
var n = 1
bump(n)
n.bump(10)
var s = "a"
var t = "b"
swapThem(s, t)
var arr: array[3, int]
arr.fill(7)
var q, r: int
split(42, q, r)
echo n, s, t, arr, q, r
type O = object
  v: int
var o: O
bump(o.v, 5)
bump(arr[1])
var sq = @[1, 2]
bump(sq[0])
echo o, arr, sq
