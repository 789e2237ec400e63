discard """
  output: '''
28
832040
'''
"""
# Nested procs see the constants and types around them; those that use no locals are plain procs.
proc outer(n: int): int =
  const k = 3
  type Pair = tuple[a, b: int]
  proc helper(x: int): Pair = (x * k, x + k)
  proc deeper(x: int): int =
    proc inner(y: int): int = y * y
    inner(x) + 1
  let p = helper(n)
  p.a + p.b + deeper(2)
echo outer(5)
proc fib(n: int): int =
  proc go(a, b, left: int): int =
    if left == 0: a else: go(b, a + b, left - 1)
  go(0, 1, n)
echo fib(30)
