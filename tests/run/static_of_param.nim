discard """
  output: '''
7
abc!
2.5
'''
"""
# A static parameter whose type is a type parameter that an earlier argument gives.
proc sum[T](x: T, y: static T): T = x + y
proc text[T](x: T, y: static[T]): string = $x & $y
echo sum(3, 4)
echo text("abc", "!")
echo sum(1.5, 1.0)
