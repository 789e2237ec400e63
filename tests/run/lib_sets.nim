discard """
  output: '''
{3, 9, 5, 1} 4 true false
truefalsefalsetrue
{3, 4} {100} 5 3 false true false
102 true false
30005
{"z", "m", "b"} true
0z 1m 2b 
2 {} true
'''
"""
import std/sets
var s = toHashSet([5, 3, 9, 1, 3])
echo s, " ", s.len, " ", 9 in s, " ", 4 in s
s.incl 4
s.excl 5
echo s.containsOrIncl(4), s.containsOrIncl(40), s.missingOrExcl(40), s.missingOrExcl(40)
let t = toHashSet([3, 4, 100])
echo s * t, " ", t - s, " ", (s + t).len, " ", (s -+- t).len, " ", disjoint(s, t), " ", toHashSet([3]) <= s, " ", s < s
for i in 0..200: s.incl(i * 3)
for i in 0..200:
  if i mod 2 == 0: s.excl(i * 3)
echo s.len, " ", 9 in s, " ", 12 in s
var total = 0
for x in s: total += x
echo total
var o = toOrderedSet(["z", "a", "z", "m"])
o.incl "b"
o.excl "a"
echo o, " ", "m" in o
for i, x in o: stdout.write i, x, " "
echo ""
echo toHashSet(["x", "yy", "zz"]).map(proc (w: string): int = w.len).len, " ", initHashSet[string](), " ", toHashSet([1, 2]) == toHashSet([2, 1])
