discard """
  output: '''
@[3, 8] @[3, 8, 1] @[5, 3] @[8, 1]
@[7, 0, 0]
0
@["x"]
@[0, 0]
5 3 8 1 
0=5 1=3 2=8 3=1 
@[8, 1, 1]
@[80, 11, 12]
@[1, 2, 3, 12]
@[2, 1, 3, 12] 4
'''
"""
let s = @[5, 3, 8, 1]
echo s[1..2], " ", s[1..^1], " ", s[0..<2], " ", s[^2..^1]
var t = newSeq[int](3)
t[0] = 7
echo t
var u = newSeqOfCap[string](10)
echo u.len
u.add("x")
echo u
var v: seq[int]
newSeq(v, 2)
echo v
for i in 0 .. s.high: stdout.write(s[i], ' ')
echo ""
for i, x in s: stdout.write(i, '=', x, ' ')
echo ""
for x in mitems(t): x += 1
echo t
for i, x in mpairs(t): x = x * 10 + i
echo t
t[0..1] = @[1, 2, 3]
echo t
swap(t[0], t[1])
echo t, " ", t.len
