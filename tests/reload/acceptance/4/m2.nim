import std/hotcodereloading
echo "2: top level"
let point: tuple[x, y: int] = (x: 3, y: 4)
let g_2* = @["left out", "taken"][1..^1]
const primes* = [2, 3, 5, 7]
proc isEven(n: int): bool
proc isOdd(n: int): bool =
  if n == 0: false else: isEven(n - 1)
proc isEven(n: int): bool =
  if n == 0: true else: isOdd(n - 1)
let even = isEven
echo "2: ", point, " ", point.x + point.y, " ", g_2, " ", $primes
echo "2: ", even(10), " ", even(7)
beforeCodeReload:
  echo "2: before!"
