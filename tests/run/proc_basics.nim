discard """
  output: '''
3 hi you 8 @[0, 1, 2]
negative zero positive 2
'''
"""
proc add(a, b: int): int =
  return a + b
proc greet(name: string): string = "hi " & name
proc nothing() = discard
proc implicit(x: int): int =
  x * 2
proc viaResult(n: int): seq[int] =
  for i in 0 ..< n: result.add(i)
proc early(x: int): string =
  if x < 0: return "negative"
  result = "positive"
  if x == 0: result = "zero"
func pure(a: int): int = a + 1
nothing()
echo add(1, 2), " ", greet("you"), " ", implicit(4), " ", viaResult(3)
echo early(-1), " ", early(0), " ", early(1), " ", pure(1)
discard add(1, 1)
