discard """
  output: '''
8
25
21
'''
"""
template constTwice(x: untyped): untyped =
  const y = x * 2
  y
echo constTwice(4)
proc p() =
  const local = 5 * 5
  echo local
  static: doAssert local == 25
p()
proc gg[T](x: T): int =
  const s = sizeof(T)
  s
echo gg(1'i16), gg('c')
