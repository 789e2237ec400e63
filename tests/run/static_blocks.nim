discard """
  output: '''
120
8
ab!
'''
"""
static:
  echo "at compile time"
  var s: seq[int]
  for i in 0..3: s.add i
  doAssert s.len == 4
  proc local(x: int): int = x * x
  doAssert local(3) == 9
const x = static:
  var t = 1
  for i in 1..5: t *= i
  t
echo x
proc f(n: static int): int = n * 2
echo f(4)
proc g(s: static string): string = s & "!"
echo g("a" & "b")
