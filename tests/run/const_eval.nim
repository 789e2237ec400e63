discard """
  output: '''
610 @[1, 4, 9, 16, 25] NIM 2
[1, 2, 4, 8]
'''
"""
# Procs with loops run at compile time.
proc fib(n: int): int =
  if n < 2: n else: fib(n - 1) + fib(n - 2)
proc squares(n: int): seq[int] =
  for i in 1 .. n: result.add(i * i)
proc caps(s: string): string =
  for c in s:
    if c in {'a'..'z'}: result.add(chr(ord(c) - 32))
    else: result.add(c)
const
  f = fib(15)
  sq = squares(5)
  c = caps("nim 2")
echo f, " ", sq, " ", c
static: doAssert fib(10) == 55
const table = block:
  var t: array[4, int]
  for i in 0 ..< 4: t[i] = 1 shl i
  t
echo table
