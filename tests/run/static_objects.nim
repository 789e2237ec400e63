discard """
  output: '''
610
@[0, 1, 4, 9, 16, 25]625
0,1,4,9,16,25,
(x: 1, y: 0, n: "abc")
(x: 11, y: 0, n: "abc!")
[1.5, 2.5]
'''
"""
proc fib(n: int): int = (if n < 2: n else: fib(n-1) + fib(n-2))
const F = fib(15)
echo F
proc mkSeq(n: int): seq[int] =
  for i in 0..<n: result.add i*i
const S = mkSeq(6)
echo S, S.len, S[^1]
const T = block:
  var s = ""
  for x in S: s.add $x & ","
  s
echo T
static: doAssert S[2] == 4
type P = object
  x, y: int
  n: string
const O = P(x: 1, n: "abc")
echo O
proc shift(p: P): P =
  result = p
  result.x += 10
  result.n.add "!"
const O2 = shift(O)
echo O2
const A = [1.5, 2.5]
echo A
