discard """
  output: '''
{3, 1, 2, 100000}4true{1, 2}{3, 1, 2, 100000, 7}{3, 2, 100000}
{24000, 23400, 22800, 22200, 21600, 21000, 20400, 19800, 19200, 18600, 18000, 17400, 16800, 16200, 15600, 15000, 14400, 13800, 13200, 12600, 12000, 11400, 10800, 10200, 9600, 9000, 8400, 7800, 7200, 6600, 6000, 5400, 4800, 4200, 3600, 3000, 2400, 1800, 1200, 600, 100000, 0, 1, 2, 3}
44truetruefalsefalsetrue
true{-1, -1000}true
{blue, red}
{}0
'''
"""
import intsets, std/packedsets
var s = toIntSet([3, 1, 2])
s.incl 100000
echo s, s.len, 3 in s, s * toIntSet([1, 2, 9]), s + toIntSet([7]), s - toIntSet([1])
for i in 0..40: s.incl i * 600
echo s
s.excl 3
echo s.card, 600 in s, s == s, s.containsOrIncl(5), s.missingOrExcl(5), s.missingOrExcl(5)
echo toIntSet([1]) < toIntSet([1, 2]), toIntSet([-1, -1000]), disjoint(toIntSet([1]), toIntSet([2]))
type Color = enum red, green, blue
echo [blue, red].toPackedSet
var e = initIntSet()
e.incl 1
e.clear
echo e, e.len
