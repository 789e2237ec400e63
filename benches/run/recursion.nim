## Calls alone: numbers of Fibonacci, Ackermann and Takeuchi.
import std/[times]

proc fib(n: int): int = (if n < 2: n else: fib(n - 1) + fib(n - 2))

proc ackermann(m, n: int): int =
  if m == 0: n + 1
  elif n == 0: ackermann(m - 1, 1)
  else: ackermann(m - 1, ackermann(m, n - 1))

proc tak(x, y, z: int): int =
  if y >= x: z else: tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))

let start = cpuTime()
let found = (fib(35), ackermann(2, 1500), tak(18, 12, 6))
doAssert found == (9227465, 3003, 7)
echo "time ", int((cpuTime() - start) * 1e9)
echo found
