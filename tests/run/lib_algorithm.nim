discard """
  output: '''
@[1, 2, 3] @[3, 2, 1] @["a", "b", "c"]
@[1, 2, 5, 8] 2-1 13
@[8, 5, 2, 1] false true
true @[(0, 0), (0, 10), (0, 20)]
@["a", "bb", "ccc"] @[3, 2, 1]
@[1, 0, 0, 8]
[1, 2, 3] [1, 3, 2] [2, 1, 3] [2, 3, 1] [3, 1, 2] [3, 2, 1] 
[2, 3, 4, 0, 1] @[1, 2, 3, 4, 0] @[@[2, 4], @[1, 4], @[2, 3], @[1, 3]]
'''
"""
import std/algorithm
echo sorted(@[3, 1, 2]), " ", sorted([3, 1, 2], SortOrder.Descending), " ", sorted(["b", "c", "a"])
var a = @[5, 2, 8, 1]
a.sort()
echo a, " ", a.binarySearch(5), a.binarySearch(7), " ", lowerBound([1, 2, 2, 3], 2), upperBound([1, 2, 2, 3], 2)
a.sort(proc (x, y: int): int = cmp(y, x))
echo a, " ", a.isSorted, " ", a.isSorted(SortOrder.Descending)
var pairs: seq[(int, int)]
for i in 0..60: pairs.add((i * 37 mod 10, i))
pairs.sort(proc (x, y: (int, int)): int = cmp(x[0], y[0]))
var stable = true
for i in 1 ..< pairs.len:
  if pairs[i - 1][0] == pairs[i][0] and pairs[i - 1][1] > pairs[i][1]: stable = false
echo stable, " ", pairs[0 .. 2]
echo sortedByIt(@["ccc", "a", "bb"], it.len), " ", reversed([1, 2, 3])
a.reverse()
a.fill(1, 2, 0)
echo a
var p = [1, 2, 3]
while true:
  stdout.write p, " "
  if not p.nextPermutation(): break
echo ""
var r = [0, 1, 2, 3, 4]
discard r.rotateLeft(2)
echo r, " ", rotatedLeft(r, -1), " ", product([@[1, 2], @[3, 4]])
