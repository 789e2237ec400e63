discard """
  output: '''
2e1e1e0e2
25 c 1
e2
OverflowDefect
e1 e2
RangeDefect
6 3 13
234 true 2 .. 4
'''
"""
type E = enum e0, e1, e2
echo ord(e2), succ(e0), pred(e2), low(E), high(E)
echo ord('z') - ord('a'), " ", succ('a', 2), " ", ord(true)
var e = e0
inc(e, 2)
echo e
try:
  inc e
  echo "no check"
except Defect as d:
  echo d.name
echo E(1), " ", cast[E](2'u8)
var n = 7
try:
  echo E(n)
except RangeDefect:
  echo "RangeDefect"
echo (0..5).len, " ", len(2..4), " ", (1..3).a, (1..3).b
let r = 2..4
for i in r: stdout.write i
echo " ", 3 in r, " ", r
