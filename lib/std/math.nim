## Mathematics on floats and integers. Functions of C's libm are called as they are; the rest is plain Nim.
##
## Trigonometric functions take and give radians.

when not defined(midair):
  {.passL: "-lm".}

const
  PI* = 3.1415926535897932384626433 ## A circle's circumference over its diameter.
  TAU* = 2.0 * PI ## A full turn in radians.
  E* = 2.71828182845904523536028747 ## The base of the natural logarithm.
  MaxFloat64Precision* = 16 ## Decimal digits that a float64 can show.
  MaxFloat32Precision* = 8 ## Decimal digits that a float32 can show.
  MaxFloatPrecision* = MaxFloat64Precision ## Decimal digits that a float can show.
  MinFloatNormal* = 2.225073858507201e-308 ## The smallest float with full precision.

type FloatClass* = enum
  ## What kind of number a float is; see `classify`.
  fcNormal,
  fcSubnormal,
  fcZero,
  fcNegZero,
  fcNan,
  fcInf,
  fcNegInf

# libm, as it is

func sqrt*(x: float32): float32 {.importc: "sqrtf", cdecl.}
func sqrt*(x: float64): float64 {.importc: "sqrt", cdecl.}
func cbrt*(x: float32): float32 {.importc: "cbrtf", cdecl.}
func cbrt*(x: float64): float64 {.importc: "cbrt", cdecl.}
func ln*(x: float32): float32 {.importc: "logf", cdecl.}
func ln*(x: float64): float64 {.importc: "log", cdecl.}
func log10*(x: float32): float32 {.importc: "log10f", cdecl.}
func log10*(x: float64): float64 {.importc: "log10", cdecl.}
func log2*(x: float32): float32 {.importc: "log2f", cdecl.}
func log2*(x: float64): float64 {.importc: "log2", cdecl.}
func exp*(x: float32): float32 {.importc: "expf", cdecl.}
func exp*(x: float64): float64 {.importc: "exp", cdecl.}
func sin*(x: float32): float32 {.importc: "sinf", cdecl.}
func sin*(x: float64): float64 {.importc: "sin", cdecl.}
func cos*(x: float32): float32 {.importc: "cosf", cdecl.}
func cos*(x: float64): float64 {.importc: "cos", cdecl.}
func tan*(x: float32): float32 {.importc: "tanf", cdecl.}
func tan*(x: float64): float64 {.importc: "tan", cdecl.}
func sinh*(x: float32): float32 {.importc: "sinhf", cdecl.}
func sinh*(x: float64): float64 {.importc: "sinh", cdecl.}
func cosh*(x: float32): float32 {.importc: "coshf", cdecl.}
func cosh*(x: float64): float64 {.importc: "cosh", cdecl.}
func tanh*(x: float32): float32 {.importc: "tanhf", cdecl.}
func tanh*(x: float64): float64 {.importc: "tanh", cdecl.}
func arcsin*(x: float32): float32 {.importc: "asinf", cdecl.}
func arcsin*(x: float64): float64 {.importc: "asin", cdecl.}
func arccos*(x: float32): float32 {.importc: "acosf", cdecl.}
func arccos*(x: float64): float64 {.importc: "acos", cdecl.}
func arctan*(x: float32): float32 {.importc: "atanf", cdecl.}
func arctan*(x: float64): float64 {.importc: "atan", cdecl.}
func arctan2*(y, x: float32): float32 {.importc: "atan2f", cdecl.}
func arctan2*(y, x: float64): float64 {.importc: "atan2", cdecl.}
func arcsinh*(x: float32): float32 {.importc: "asinhf", cdecl.}
func arcsinh*(x: float64): float64 {.importc: "asinh", cdecl.}
func arccosh*(x: float32): float32 {.importc: "acoshf", cdecl.}
func arccosh*(x: float64): float64 {.importc: "acosh", cdecl.}
func arctanh*(x: float32): float32 {.importc: "atanhf", cdecl.}
func arctanh*(x: float64): float64 {.importc: "atanh", cdecl.}
func hypot*(x, y: float32): float32 {.importc: "hypotf", cdecl.}
func hypot*(x, y: float64): float64 {.importc: "hypot", cdecl.}
func pow*(x, y: float32): float32 {.importc: "powf", cdecl.}
func pow*(x, y: float64): float64 {.importc: "pow", cdecl.}
func erf*(x: float32): float32 {.importc: "erff", cdecl.}
func erf*(x: float64): float64 {.importc: "erf", cdecl.}
func erfc*(x: float32): float32 {.importc: "erfcf", cdecl.}
func erfc*(x: float64): float64 {.importc: "erfc", cdecl.}
func gamma*(x: float32): float32 {.importc: "tgammaf", cdecl.}
func gamma*(x: float64): float64 {.importc: "tgamma", cdecl.}
func lgamma*(x: float32): float32 {.importc: "lgammaf", cdecl.}
func lgamma*(x: float64): float64 {.importc: "lgamma", cdecl.}
func floor*(x: float32): float32 {.importc: "floorf", cdecl.}
func floor*(x: float64): float64 {.importc: "floor", cdecl.}
func ceil*(x: float32): float32 {.importc: "ceilf", cdecl.}
func ceil*(x: float64): float64 {.importc: "ceil", cdecl.}
func round*(x: float32): float32 {.importc: "roundf", cdecl.}
func round*(x: float64): float64 {.importc: "round", cdecl.}
func trunc*(x: float32): float32 {.importc: "truncf", cdecl.}
func trunc*(x: float64): float64 {.importc: "trunc", cdecl.}
func `mod`*(x, y: float32): float32 {.importc: "fmodf", cdecl.}
func `mod`*(x, y: float64): float64 {.importc: "fmod", cdecl.}
func copySign*(x, y: float32): float32 {.importc: "copysignf", cdecl.}
func copySign*(x, y: float64): float64 {.importc: "copysign", cdecl.}

func cFrexp(x: float32, exponent: var cint): float32 {.importc: "frexpf", cdecl.}
func cFrexp(x: float64, exponent: var cint): float64 {.importc: "frexp", cdecl.}

# Derived from those

func cot*[T: float32|float64](x: T): T = 1.0 / tan(x)
  ## Cotangent.
func sec*[T: float32|float64](x: T): T = 1.0 / cos(x)
  ## Secant.
func csc*[T: float32|float64](x: T): T = 1.0 / sin(x)
  ## Cosecant.
func coth*[T: float32|float64](x: T): T = 1.0 / tanh(x)
  ## Hyperbolic cotangent.
func sech*[T: float32|float64](x: T): T = 1.0 / cosh(x)
  ## Hyperbolic secant.
func csch*[T: float32|float64](x: T): T = 1.0 / sinh(x)
  ## Hyperbolic cosecant.
func arccot*[T: float32|float64](x: T): T = arctan(1.0 / x)
  ## Inverse cotangent.
func arcsec*[T: float32|float64](x: T): T = arccos(1.0 / x)
  ## Inverse secant.
func arccsc*[T: float32|float64](x: T): T = arcsin(1.0 / x)
  ## Inverse cosecant.
func arccoth*[T: float32|float64](x: T): T = arctanh(1.0 / x)
  ## Inverse hyperbolic cotangent.
func arcsech*[T: float32|float64](x: T): T = arccosh(1.0 / x)
  ## Inverse hyperbolic secant.
func arccsch*[T: float32|float64](x: T): T = arcsinh(1.0 / x)
  ## Inverse hyperbolic cosecant.

func log*[T: SomeFloat](x, base: T): T =
  ## Logarithm of `x` to the base `base`.
  ln(x) / ln(base)

func degToRad*[T: float32|float64](d: T): T =
  ## Degrees to radians.
  d * T(PI / 180.0)

func radToDeg*[T: float32|float64](d: T): T =
  ## Radians to degrees.
  d / T(PI / 180.0)

func isNaN*(x: SomeFloat): bool =
  ## Is `x` not a number? The only value that differs from itself.
  x != x

func signbit*(x: SomeFloat): bool =
  ## Is the sign bit set? True for -0.0 too.
  when sizeof(x) == 4:
    (cast[uint32](x) shr 31) != 0'u32
  else:
    (cast[uint64](x) shr 63) != 0'u64

func classify*(x: float): FloatClass =
  ## The kind of number `x` is.
  if x != x: return fcNan
  if x == 0.0:
    if signbit(x): return fcNegZero
    return fcZero
  if x * 0.5 == x:
    if x > 0.0: return fcInf
    return fcNegInf
  if abs(x) < MinFloatNormal: return fcSubnormal
  fcNormal

func almostEqual*[T: SomeFloat](x, y: T, unitsInLastPlace: Natural = 4): bool =
  ## Do `x` and `y` differ by at most so many units in the last place (of a number of the size of `x + y`)?
  if x == y: return true
  let diff = abs(x - y)
  when T is float32:
    const
      epsilon = T(1.1920929e-07)
      smallest = T(1.17549435e-38)
  else:
    const
      epsilon = T(2.220446049250313e-16)
      smallest = T(2.225073858507201e-308)
  diff <= epsilon * abs(x + y) * T(unitsInLastPlace) or diff < smallest

func sgn*[T: SomeNumber](x: T): int =
  ## -1, 0 or 1.
  ord(T(0) < x) - ord(x < T(0))

func round*[T: float32|float64](x: T, places: int): T =
  ## `x` rounded to so many decimal places; a negative number of them rounds to tens, hundreds, ….
  if places == 0: return round(x)
  var factor = T(1)
  for _ in 1 .. abs(places): factor = factor * T(10)
  if places > 0: round(x * factor) / factor
  else: round(x / factor) * factor

func splitDecimal*[T: float32|float64](x: T): tuple[intpart: T, floatpart: T] =
  ## The part before and the part after the decimal point, both with the sign of `x`.
  let a = abs(x)
  let whole = floor(a)
  if x < T(0): (intpart: -whole, floatpart: -(a - whole))
  else: (intpart: whole, floatpart: a - whole)

func frexp*[T: float32|float64](x: T): tuple[frac: T, exp: int] =
  ## `x` as `frac * 2^exp` with `0.5 <= abs(frac) < 1`; infinity and NaN give an exponent of 0.
  if x != x or x * T(0.5) == x: return (frac: x, exp: 0)
  var exponent: cint
  let f = cFrexp(x, exponent)
  (frac: f, exp: int(exponent))

func frexp*[T: float32|float64](x: T, exponent: var int): T =
  ## As above, the exponent through a parameter.
  let (f, e) = frexp(x)
  exponent = e
  f

# Integers

func isPowerOfTwo*(x: int): bool =
  ## Is `x` a power of two? Zero and negative numbers are not.
  x > 0 and (x and (x - 1)) == 0

func nextPowerOfTwo*(x: int): int =
  ## The smallest power of two that is not below `x`; 1 for zero and negative numbers.
  result = 1
  while result < x: result = result shl 1

func fac*(n: int): int =
  ## The factorial of `n`. Overflows for `n` above 20.
  doAssert n >= 0, $n & " must not be negative."
  doAssert n <= 20, $n & " is too large to look up in the table"
  result = 1
  for i in 2 .. n: result = result * i

func binom*(n, k: int): int =
  ## The binomial coefficient: in how many ways can `k` of `n` be chosen?
  if k <= 0: return 1
  if 2 * k > n: return binom(n, n - k)
  result = n
  for i in 2 .. k: result = (result * (n + 1 - i)) div i

func floorDiv*[T: SomeInteger](x, y: T): T =
  ## Division that rounds down.
  result = x div y
  let r = x mod y
  if (r > T(0) and y < T(0)) or (r < T(0) and y > T(0)): result = result - T(1)

func floorMod*[T: SomeNumber](x, y: T): T =
  ## The remainder of `floorDiv`: it has the sign of `y`.
  when T is SomeFloat:
    result = x mod y
    if result != T(0) and (result < T(0)) != (y < T(0)): result = result + y
  else:
    result = x mod y
    if (result > T(0) and y < T(0)) or (result < T(0) and y > T(0)): result = result + y

func euclDiv*[T: SomeInteger](x, y: T): T =
  ## Division whose remainder is never negative.
  result = x div y
  if x mod y < T(0):
    if y > T(0): result = result - T(1)
    else: result = result + T(1)

func euclMod*[T: SomeNumber](x, y: T): T =
  ## The remainder of `euclDiv`: never negative.
  result = x mod y
  if result < T(0): result = result + abs(y)

func ceilDiv*[T: SomeInteger](x, y: T): T =
  ## Division that rounds up, for `x >= 0` and `y > 0`.
  assert y > T(0)
  when T is SomeSignedInt: assert x >= T(0)
  result = x div y
  if x mod y != T(0): result = result + T(1)

func divmod*[T: SomeInteger](x, y: T): (T, T) =
  ## Quotient and remainder.
  (x div y, x mod y)

func gcd*[T](x, y: T): T =
  ## The greatest common divisor; never negative for integers.
  var a = x
  var b = y
  while b != T(0):
    let r = a mod b
    a = b
    b = r
  when T is SomeUnsignedInt: a
  else: abs(a)

func gcd*[T](x: openArray[T]): T =
  ## The greatest common divisor of all.
  result = x[0]
  for i in 1 ..< x.len: result = gcd(result, x[i])

func lcm*[T](x, y: T): T =
  ## The least common multiple.
  when T is SomeInteger: x div gcd(x, y) * y
  else: x / gcd(x, y) * y

func lcm*[T](x: openArray[T]): T =
  ## The least common multiple of all.
  result = x[0]
  for i in 1 ..< x.len: result = lcm(result, x[i])

func `^`*[T: SomeNumber](x: T, y: Natural): T =
  ## `x` to the power of `y`, by squaring.
  var base = x
  var n = int(y)
  result = T(1)
  while n > 0:
    if (n and 1) == 1: result = result * base
    n = n shr 1
    if n > 0: base = base * base

# Over containers

func sum*[T](x: openArray[T]): T =
  ## The sum of all; zero of nothing.
  for v in x: result = result + v

func prod*[T](x: openArray[T]): T =
  ## The product of all; one of nothing.
  result = T(1)
  for v in x: result = result * v

func cumsum*[T](x: var openArray[T]) =
  ## Replaces each by the sum of all up to it.
  for i in 1 ..< x.len: x[i] = x[i - 1] + x[i]

func cumsummed*[T](x: openArray[T]): seq[T] =
  ## For each the sum of all up to it.
  var total: T
  for v in x:
    total = total + v
    result.add(total)

func cumprod*[T](x: var openArray[T]) =
  ## Replaces each by the product of all up to it.
  for i in 1 ..< x.len: x[i] = x[i - 1] * x[i]

func cumproded*[T](x: openArray[T]): seq[T] =
  ## For each the product of all up to it.
  result = @x
  cumprod(result)

func clamp*[T](val: T, bounds: Slice[T]): T =
  ## `val` if it lies in `bounds`, else the nearer end.
  assert bounds.a <= bounds.b
  if val < bounds.a: bounds.a
  elif val > bounds.b: bounds.b
  else: val
