## Random numbers: xoroshiro128+, which is fast and good for games, and not for secrets.
##
## Without `randomize` a program has the same numbers each time it runs.

import std/algorithm, std/math

type Rand* = object
  ## A generator.
  a0, a1: uint64

var state = Rand(a0: 0x69B4C98CB8530805'u64, a1: 0xD1DD3004688D67CA'u64)

func rotated(x: uint64, bits: int): uint64 = (x shl bits) or (x shr (64 - bits))

proc next*(r: var Rand): uint64 =
  ## The next 64 bits.
  let s0 = r.a0
  var s1 = r.a1
  result = s0 + s1
  s1 = s1 xor s0
  r.a0 = rotated(s0, 55) xor s1 xor (s1 shl 14)
  r.a1 = rotated(s1, 36)

proc skipRandomNumbers*(s: var Rand) =
  ## Goes 2^64 numbers forward.
  var s0 = 0'u64
  var s1 = 0'u64
  for word in [0xbeac0467eba5facb'u64, 0xd86b048b86aa9922'u64]:
    for bit in 0 .. 63:
      if (word and (1'u64 shl bit)) != 0'u64:
        s0 = s0 xor s.a0
        s1 = s1 xor s.a1
      discard next(s)
  s.a0 = s0
  s.a1 = s1

proc upTo(r: var Rand, max: uint64): uint64 =
  # From 0 to `max`, each equally likely: numbers of the last, incomplete round are dropped.
  if max == 0'u64: return 0'u64
  if max == high(uint64): return next(r)
  while true:
    let x = next(r)
    if x <= high(uint64) - (high(uint64) mod max): return x mod (max + 1'u64)

proc rand*(r: var Rand, max: Natural): int = int(upTo(r, uint64(max)))
  ## From 0 to `max`, both included.

proc rand*(max: int): int = rand(state, Natural(max))

proc rand*(r: var Rand, max: range[0.0 .. high(float)]): float =
  ## From 0.0 to `max`, which is not included.
  let bits = (0x3FF'u64 shl 52) or (next(r) shr 12)
  (cast[float](bits) - 1.0) * max

proc rand*(max: float): float = rand(state, max)

proc rand*[T: Ordinal or SomeFloat](r: var Rand, x: HSlice[T, T]): T =
  ## From `x.a` to `x.b`.
  assert x.a <= x.b
  when T is SomeFloat:
    T(rand(r, float(x.b - x.a))) + x.a
  else:
    let first = cast[uint64](int64(ord(x.a)))
    T(cast[int](upTo(r, cast[uint64](int64(ord(x.b))) - first) + first))

proc rand*[T: Ordinal or SomeFloat](x: HSlice[T, T]): T = rand(state, x)

proc rand*[T: Ordinal](r: var Rand, t: typedesc[T]): T =
  ## Any value of the type.
  when T is SomeInteger and T isnot range: cast[T](next(r))
  else: rand(r, low(T) .. high(T))
proc rand*[T: Ordinal](t: typedesc[T]): T = rand(state, t)

proc sample*[T](r: var Rand, s: set[T]): T =
  ## One of the set.
  assert card(s) != 0
  var i = rand(r, card(s) - 1)
  for e in s:
    if i == 0: return e
    dec i

proc sample*[T](s: set[T]): T = sample(state, s)

proc sample*[T](r: var Rand, a: openArray[T]): T = a[rand(r, a.low .. a.high)]
  ## One of the elements.

proc sample*[T](a: openArray[T]): T = a[rand(state, a.low .. a.high)]

proc sample*[T, U](r: var Rand, a: openArray[T], cdf: openArray[U]): T =
  ## One of the elements, by their cumulated weights.
  assert cdf.len == a.len
  let u = rand(r, float(cdf[cdf.len - 1]))
  a[upperBound(cdf, U(u))]

proc sample*[T, U](a: openArray[T], cdf: openArray[U]): T = sample(state, a, cdf)

proc gauss*(r: var Rand, mu = 0.0, sigma = 1.0): float =
  ## Normally distributed, by the ratio of uniforms.
  let k = sqrt(2.0 / E)
  var a, b = 0.0
  while true:
    a = rand(r, 1.0)
    b = (2.0 * rand(r, 1.0) - 1.0) * k
    if b * b <= -4.0 * a * a * ln(a): break
  mu + sigma * (b / a)

proc gauss*(mu = 0.0, sigma = 1.0): float = gauss(state, mu, sigma)

proc initRand*(seed: int64): Rand =
  ## A generator that gives the same numbers for the same seed.
  let s = if seed != 0: seed else: int64(high(int32))
  result.a0 = cast[uint64](s shr 16)
  result.a1 = cast[uint64](s and 0xffff)
  skipRandomNumbers(result)
  discard next(result)

proc randomize*(seed: int64) = state = initRand(seed)
  ## Begins the numbers that belong to the seed.

proc shuffle*[T](r: var Rand, x: var openArray[T]) =
  ## Puts the elements in any order.
  for i in countdown(x.high, 1):
    let j = rand(r, i)
    swap(x[i], x[j])

proc shuffle*[T](x: var openArray[T]) = shuffle(state, x)

type Timespec {.bycopy.} = object
  seconds, nanoseconds: clong

proc cClockGettime(clock: cint, time: pointer): cint {.importc: "clock_gettime", cdecl.}

var seeds = 0'i64

proc initRand*(): Rand =
  ## A generator that begins somewhere else each time.
  var t: Timespec
  discard cClockGettime(0, addr t)
  inc seeds
  initRand(int64(t.seconds) * 1_000_000_000 + int64(t.nanoseconds) + seeds * 7_919)

proc randomize*() = state = initRand()
  ## Begins somewhere else each time the program runs.
