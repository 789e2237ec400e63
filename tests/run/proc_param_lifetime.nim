discard """
  output: '''
a!a
101
213
'''
"""
# A parameter is what the argument was; changing a copy leaves it.
proc p(s: string): string =
  var t = s
  t.add("!")
  t
proc q(xs: seq[int]): int =
  var ys = xs
  ys[0] = 100
  xs[0] + ys[0]
var s = "a"
echo p(s), s
echo q(@[1, 2])
type O = object
  n: int
proc r(o: O): O =
  result = o
  result.n += 1
let o = O(n: 1)
echo r(o).n, o.n, r(r(o)).n
