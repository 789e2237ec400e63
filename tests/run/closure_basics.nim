discard """
  output: '''
1213
6 11
42
'''
"""
# Closures capture variables, not values.
proc counter(): proc (): int =
  var n = 0
  result = proc (): int =
    inc n
    n
let c = counter()
let d = counter()
echo c(), c(), d(), c()
proc adder(k: int): proc (x: int): int =
  return proc (x: int): int = x + k
let add5 = adder(5)
echo add5(1), " ", adder(10)(1)
proc pairUp(): (proc (v: int), proc (): int) =
  var state = 0
  (proc (v: int) = state = v, proc (): int = state)
let (put, get) = pairUp()
put(42)
echo get()
