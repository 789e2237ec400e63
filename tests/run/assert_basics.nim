discard """
  output: '''
n should be four
n is -1
done
'''
"""
assert 1 + 1 == 2
assert true, "never shown"
doAssert "a" < "b"
var n = 3
try:
  assert n == 4, "n should be four"
except AssertionDefect as e:
  echo e.msg[^16 .. ^1]
doAssertRaises(ValueError):
  raise newException(ValueError, "x")
proc check(n: int) =
  doAssert n > 0, "n is " & $n
check(1)
try:
  check(-1)
except AssertionDefect as e:
  echo e.msg[^7 .. ^1]
echo "done"
