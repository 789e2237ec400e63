discard """
  output: '''
true true false
13 11
'''
"""
# Forward declarations, and mutual recursion through one.
proc isOdd(n: int): bool
proc isEven(n: int): bool =
  if n == 0: true else: isOdd(n - 1)
proc isOdd(n: int): bool =
  if n == 0: false else: isEven(n - 1)
proc later(x: int, y = 3): int
echo isEven(10), " ", isOdd(7), " ", isEven(3)
echo later(1), " ", later(1, 1)
proc later(x: int, y = 3): int = x * 10 + y
