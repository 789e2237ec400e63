## Fractions.

import std/[hashes, math]

type Rational*[T] = object
  ## `num / den`, reduced; the denominator is positive.
  num*, den*: T

func reduce*[T: SomeInteger](x: var Rational[T]) =
  ## Divides both by what they have in common.
  if x.den == 0: raise newException(DivByZeroDefect, "division by zero")
  let common = gcd(x.num, x.den)
  if x.den > 0:
    x.num = x.num div common
    x.den = x.den div common
  else:
    x.num = -(x.num div common)
    x.den = -(x.den div common)

func initRational*[T: SomeInteger](num, den: T): Rational[T] =
  ## A fraction, reduced.
  assert den != 0, "a denominator of zero is invalid"
  result = Rational[T](num: num, den: den)
  reduce(result)

func `//`*[T](num, den: T): Rational[T] = initRational(num, den)
  ## A fraction, reduced.
func toRational*[T: SomeInteger](x: T): Rational[T] = Rational[T](num: x, den: 1)
  ## A whole number.

func toRational*(x: float, n: int = high(int) shr 32): Rational[int] =
  ## The best fraction with a denominator of at most `n`.
  var
    m11, m22 = 1
    m12, m21 = 0
    ai = int(x)
    x = x
  while m21 * ai + m22 <= n:
    swap(m12, m11)
    swap(m22, m21)
    m11 = m12 * ai + m11
    m21 = m22 * ai + m21
    if x == float(ai): break
    x = 1 / (x - float(ai))
    if x > float(high(int32)): break
    ai = int(x)
  m11 // m21

func toFloat*[T](x: Rational[T]): float = float(x.num) / float(x.den)
func toInt*[T](x: Rational[T]): int = int(x.num div x.den)
  ## Rounded towards 0.

func `+`*[T](x, y: Rational[T]): Rational[T] =
  let common = lcm(x.den, y.den)
  initRational(common div x.den * x.num + common div y.den * y.num, common)
func `+`*[T](x: Rational[T], y: T): Rational[T] = Rational[T](num: x.num + y * x.den, den: x.den)
func `+`*[T](x: T, y: Rational[T]): Rational[T] = y + x
func `-`*[T](x: Rational[T]): Rational[T] = Rational[T](num: -x.num, den: x.den)
func `-`*[T](x, y: Rational[T]): Rational[T] = x + -y
func `-`*[T](x: Rational[T], y: T): Rational[T] = Rational[T](num: x.num - y * x.den, den: x.den)
func `-`*[T](x: T, y: Rational[T]): Rational[T] = Rational[T](num: x * y.den - y.num, den: y.den)
func `*`*[T](x, y: Rational[T]): Rational[T] = initRational(x.num * y.num, x.den * y.den)
func `*`*[T](x: Rational[T], y: T): Rational[T] = initRational(x.num * y, x.den)
func `*`*[T](x: T, y: Rational[T]): Rational[T] = y * x

func reciprocal*[T](x: Rational[T]): Rational[T] =
  ## `1 / x`
  if x.num == 0: raise newException(DivByZeroDefect, "division by zero")
  initRational(x.den, x.num)

func `/`*[T](x, y: Rational[T]): Rational[T] = initRational(x.num * y.den, x.den * y.num)
func `/`*[T](x: Rational[T], y: T): Rational[T] = initRational(x.num, x.den * y)
func `/`*[T](x: T, y: Rational[T]): Rational[T] = initRational(x * y.den, y.num)
func `+=`*[T](x: var Rational[T], y: Rational[T]) = x = x + y
func `+=`*[T](x: var Rational[T], y: T) = x = x + y
func `-=`*[T](x: var Rational[T], y: Rational[T]) = x = x - y
func `-=`*[T](x: var Rational[T], y: T) = x = x - y
func `*=`*[T](x: var Rational[T], y: Rational[T]) = x = x * y
func `*=`*[T](x: var Rational[T], y: T) = x = x * y
func `/=`*[T](x: var Rational[T], y: Rational[T]) = x = x / y
func `/=`*[T](x: var Rational[T], y: T) = x = x / y

func cmp*(x, y: Rational): int =
  ## Negative, zero or positive.
  let d = (x - y).num
  if d < 0: -1 elif d > 0: 1 else: 0
func `<`*(x, y: Rational): bool = (x - y).num < 0
func `<=`*(x, y: Rational): bool = (x - y).num <= 0
func `==`*(x, y: Rational): bool = (x - y).num == 0
func abs*[T](x: Rational[T]): Rational[T] = Rational[T](num: abs(x.num), den: abs(x.den))
func `div`*[T: SomeInteger](x, y: Rational[T]): T = (x.num * y.den) div (y.num * x.den)
func `mod`*[T: SomeInteger](x, y: Rational[T]): Rational[T] =
  initRational((x.num * y.den) mod (y.num * x.den), x.den * y.den)
func floorDiv*[T: SomeInteger](x, y: Rational[T]): T = floorDiv(x.num * y.den, y.num * x.den)
func floorMod*[T: SomeInteger](x, y: Rational[T]): Rational[T] =
  initRational(floorMod(x.num * y.den, y.num * x.den), x.den * y.den)
func hash*[T](x: Rational[T]): Hash =
  var h: Hash = 0
  h = h !& hash(x.num)
  h = h !& hash(x.den)
  !$h
func `$`*[T](x: Rational[T]): string = $x.num & "/" & $x.den
  ## `num/den`
