## Complex numbers.

import std/math

type
  Complex*[T: SomeFloat] = object
    ## `re + im * i`
    re*, im*: T
  Complex64* = Complex[float64]
  Complex32* = Complex[float32]

func complex*[T: SomeFloat](re: T, im: T = 0.0): Complex[T] = Complex[T](re: re, im: im)
  ## A number of its parts.
func complex32*(re: float32, im: float32 = 0.0): Complex32 = Complex32(re: re, im: im)
func complex64*(re: float64, im: float64 = 0.0): Complex64 = Complex64(re: re, im: im)
template im*(arg: typedesc[float32]): Complex32 = complex32(0, 1)
template im*(arg: typedesc[float64]): Complex64 = complex64(0, 1)
template im*(arg: float32): Complex32 = complex32(0, arg)
template im*(arg: float64): Complex64 = complex64(0, arg)

func abs2*[T](z: Complex[T]): T = z.re * z.re + z.im * z.im
  ## The square of the absolute value.
func abs*[T](z: Complex[T]): T = hypot(z.re, z.im)
  ## The distance from 0.
func phase*[T](z: Complex[T]): T = arctan2(z.im, z.re)
  ## The angle.
func conjugate*[T](z: Complex[T]): Complex[T] = complex(z.re, -z.im)
  ## With the other sign of the imaginary part.

func `==`*[T](x, y: Complex[T]): bool = x.re == y.re and x.im == y.im
func `+`*[T](x: T, y: Complex[T]): Complex[T] = complex(x + y.re, y.im)
func `+`*[T](x: Complex[T], y: T): Complex[T] = complex(x.re + y, x.im)
func `+`*[T](x, y: Complex[T]): Complex[T] = complex(x.re + y.re, x.im + y.im)
func `-`*[T](z: Complex[T]): Complex[T] = complex(-z.re, -z.im)
func `-`*[T](x: T, y: Complex[T]): Complex[T] = complex(x - y.re, -y.im)
func `-`*[T](x: Complex[T], y: T): Complex[T] = complex(x.re - y, x.im)
func `-`*[T](x, y: Complex[T]): Complex[T] = complex(x.re - y.re, x.im - y.im)
func `*`*[T](x: T, y: Complex[T]): Complex[T] = complex(x * y.re, x * y.im)
func `*`*[T](x: Complex[T], y: T): Complex[T] = complex(x.re * y, x.im * y)
func `*`*[T](x, y: Complex[T]): Complex[T] = complex(x.re * y.re - x.im * y.im, x.im * y.re + x.re * y.im)
func `/`*[T](x: Complex[T], y: T): Complex[T] = complex(x.re / y, x.im / y)
func inv*[T](z: Complex[T]): Complex[T] = conjugate(z) / abs2(z)
  ## `1 / z`
func `/`*[T](x: T, y: Complex[T]): Complex[T] = x * inv(y)
func `/`*[T](x, y: Complex[T]): Complex[T] =
  # Smith's way, which does not overflow early.
  if abs(y.re) < abs(y.im):
    let r = y.re / y.im
    let d = y.im + r * y.re
    complex((x.re * r + x.im) / d, (r * x.im - x.re) / d)
  else:
    let r = y.im / y.re
    let d = y.re + r * y.im
    complex((x.re + r * x.im) / d, (x.im - r * x.re) / d)

func `+=`*[T](x: var Complex[T], y: Complex[T]) =
  x.re += y.re
  x.im += y.im
func `-=`*[T](x: var Complex[T], y: Complex[T]) =
  x.re -= y.re
  x.im -= y.im
func `*=`*[T](x: var Complex[T], y: Complex[T]) = x = x * y
func `/=`*[T](x: var Complex[T], y: Complex[T]) = x = x / y

func sgn*[T](z: Complex[T]): Complex[T] =
  ## The number at distance 1 in the same direction; zero of zero.
  let distance = abs(z)
  if distance > T(0): z / distance else: complex(T(0))

func polar*[T](z: Complex[T]): tuple[r, phi: T] = (r: abs(z), phi: phase(z))
  ## Distance and angle.
func rect*[T](r, phi: T): Complex[T] = complex(r * cos(phi), r * sin(phi))
  ## The number at this distance and angle.

func sqrt*[T](z: Complex[T]): Complex[T] =
  ## The square root with a real part that is not negative.
  let x = abs(z.re)
  let y = abs(z.im)
  if x == 0.0 and y == 0.0: return
  let w = if x >= y: sqrt(x) * sqrt(0.5 * (1.0 + sqrt(1.0 + (y / x) * (y / x))))
    else: sqrt(y) * sqrt(0.5 * (x / y + sqrt(1.0 + (x / y) * (x / y))))
  if z.re >= 0.0: complex(w, z.im / (w * 2.0))
  else:
    let im = if z.im >= 0.0: w else: -w
    complex(z.im / (im + im), im)

func exp*[T](z: Complex[T]): Complex[T] = rect(exp(z.re), z.im)
func ln*[T](z: Complex[T]): Complex[T] = complex(ln(abs(z)), phase(z))
func log10*[T](z: Complex[T]): Complex[T] = ln(z) / ln(T(10.0))
func log2*[T](z: Complex[T]): Complex[T] = ln(z) / ln(T(2.0))

func pow*[T](x, y: Complex[T]): Complex[T] =
  ## `x` to the power of `y`.
  if x.re == 0.0 and x.im == 0.0:
    return if y.re == 0.0 and y.im == 0.0: complex(T(1.0), T(0.0)) else: complex(T(0.0), T(0.0))
  if y.im == 0.0:
    if y.re == 1.0: return x
    if y.re == -1.0: return T(1.0) / x
    if y.re == 2.0: return x * x
    if y.re == 0.5: return sqrt(x)
  let (rho, theta) = polar(x)
  let s = pow(rho, y.re) * exp(-y.im * theta)
  rect(s, y.re * theta + y.im * ln(rho))
func pow*[T](x: Complex[T], y: T): Complex[T] = pow(x, complex[T](y))

func sin*[T](z: Complex[T]): Complex[T] = complex(sin(z.re) * cosh(z.im), cos(z.re) * sinh(z.im))
func cos*[T](z: Complex[T]): Complex[T] = complex(cos(z.re) * cosh(z.im), -sin(z.re) * sinh(z.im))
func tan*[T](z: Complex[T]): Complex[T] = sin(z) / cos(z)
func sinh*[T](z: Complex[T]): Complex[T] = complex(sinh(z.re) * cos(z.im), cosh(z.re) * sin(z.im))
func cosh*[T](z: Complex[T]): Complex[T] = complex(cosh(z.re) * cos(z.im), sinh(z.re) * sin(z.im))
func tanh*[T](z: Complex[T]): Complex[T] = sinh(z) / cosh(z)
func cot*[T](z: Complex[T]): Complex[T] = cos(z) / sin(z)
func sec*[T](z: Complex[T]): Complex[T] = T(1.0) / cos(z)
func csc*[T](z: Complex[T]): Complex[T] = T(1.0) / sin(z)
func coth*[T](z: Complex[T]): Complex[T] = cosh(z) / sinh(z)
func sech*[T](z: Complex[T]): Complex[T] = T(2.0) / (exp(z) + exp(-z))
func csch*[T](z: Complex[T]): Complex[T] = T(2.0) / (exp(z) - exp(-z))

# The inverses, by logarithms.
func arcsin*[T](z: Complex[T]): Complex[T] = -im(T) * ln(im(T) * z + sqrt(T(1.0) - z * z))
func arccos*[T](z: Complex[T]): Complex[T] = -im(T) * ln(z + sqrt(z * z - T(1.0)))
func arctan*[T](z: Complex[T]): Complex[T] = T(0.5) * im(T) * (ln(T(1.0) - im(T) * z) - ln(T(1.0) + im(T) * z))
func arccot*[T](z: Complex[T]): Complex[T] = T(0.5) * im(T) * (ln(T(1.0) - im(T) / z) - ln(T(1.0) + im(T) / z))
func arcsec*[T](z: Complex[T]): Complex[T] = -im(T) * ln(im(T) * sqrt(T(1.0) - T(1.0) / (z * z)) + T(1.0) / z)
func arccsc*[T](z: Complex[T]): Complex[T] = -im(T) * ln(sqrt(T(1.0) - T(1.0) / (z * z)) + im(T) / z)
func arcsinh*[T](z: Complex[T]): Complex[T] = ln(z + sqrt(z * z + T(1.0)))
func arccosh*[T](z: Complex[T]): Complex[T] = ln(z + sqrt(z + T(1.0)) * sqrt(z - T(1.0)))
func arctanh*[T](z: Complex[T]): Complex[T] = T(0.5) * (ln((T(1.0) + z) / (T(1.0) - z)))
func arccoth*[T](z: Complex[T]): Complex[T] = T(0.5) * (ln(T(1.0) + T(1.0) / z) - ln(T(1.0) - T(1.0) / z))
func arcsech*[T](z: Complex[T]): Complex[T] = ln(T(1.0) / z + sqrt(T(1.0) / z + T(1.0)) * sqrt(T(1.0) / z - T(1.0)))
func arccsch*[T](z: Complex[T]): Complex[T] = ln(T(1.0) / z + sqrt(T(1.0) / (z * z) + T(1.0)))

func almostEqual*[T: SomeFloat](x, y: Complex[T], unitsInLastPlace: Natural = 4): bool =
  ## Are both parts equal but for the last digits?
  almostEqual(x.re, y.re, unitsInLastPlace) and almostEqual(x.im, y.im, unitsInLastPlace)

func `$`*(z: Complex): string = "(" & $z.re & ", " & $z.im & ")"
  ## `(re, im)`
