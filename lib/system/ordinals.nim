# Ordinals one by one, arithmetic in place, the larger and the smaller, floats to integers.

proc ord*[T](x: T): int {.magic: "Ord".}
  ## The number of an ordinal value.
proc chr*(u: range[0..255]): char {.magic: "Chr".}
  ## The char with a number.
proc succ*[T: Ordinal](x: T, y: int = 1): T {.magic: "Succ".}
  ## The value `y` steps after.
proc succ*[T: Ordinal, V: SomeInteger](x: T, y: V): T {.magic: "Succ".}
proc pred*[T: Ordinal](x: T, y: int = 1): T {.magic: "Pred".}
  ## The value `y` steps before.
proc pred*[T: Ordinal, V: SomeInteger](x: T, y: V): T {.magic: "Pred".}
proc inc*[T: Ordinal](x: var T, y: int = 1) {.magic: "Inc".}
  ## Adds to `x`.
proc inc*[T: Ordinal, V: SomeInteger](x: var T, y: V) {.magic: "Inc".}
proc dec*[T: Ordinal](x: var T, y: int = 1) {.magic: "Dec".}
  ## Subtracts from `x`.
proc dec*[T: Ordinal, V: SomeInteger](x: var T, y: V) {.magic: "Dec".}

proc `+=`*[T: SomeInteger](x: var T, y: T) {.magic: "Inc".}
proc `-=`*[T: SomeInteger](x: var T, y: T) {.magic: "Dec".}
proc `*=`*[T: SomeInteger](x: var T, y: T) {.inline.} = x = x * y
proc `+=`*[T: SomeFloat](x: var T, y: T) {.inline.} = x = x + y
proc `-=`*[T: SomeFloat](x: var T, y: T) {.inline.} = x = x - y
proc `*=`*[T: SomeFloat](x: var T, y: T) {.inline.} = x = x * y
proc `/=`*[T: SomeFloat](x: var T, y: T) {.inline.} = x = x / y

proc `/`*(x, y: int): float {.inline.} = float(x) / float(y)
  ## Divides integers and gives a float.

const
  Inf* = 0x7FF0000000000000'f64 ## Larger than every number.
  NegInf* = 0xFFF0000000000000'f64 ## Smaller than every number.
  NaN* = 0x7FF7FFFFFFFFFFFF'f64 ## Not a number; differs from itself.

proc max*(x, y: int): int {.inline.} = (if y <= x: x else: y)
proc max*(x, y: int8): int8 {.inline.} = (if y <= x: x else: y)
proc max*(x, y: int16): int16 {.inline.} = (if y <= x: x else: y)
proc max*(x, y: int32): int32 {.inline.} = (if y <= x: x else: y)
proc max*(x, y: int64): int64 {.inline.} = (if y <= x: x else: y)
proc max*(x, y: float64): float64 {.inline.} = (if y <= x or y != y: x else: y)
proc max*(x, y: float32): float32 {.inline.} = (if y <= x or y != y: x else: y)
proc max*[T: not SomeFloat](x, y: T): T {.inline.} = (if y <= x: x else: y)
  ## The larger of two values.

proc min*(x, y: int): int {.inline.} = (if x <= y: x else: y)
proc min*(x, y: int8): int8 {.inline.} = (if x <= y: x else: y)
proc min*(x, y: int16): int16 {.inline.} = (if x <= y: x else: y)
proc min*(x, y: int32): int32 {.inline.} = (if x <= y: x else: y)
proc min*(x, y: int64): int64 {.inline.} = (if x <= y: x else: y)
proc min*(x, y: float64): float64 {.inline.} = (if x <= y or y != y: x else: y)
proc min*(x, y: float32): float32 {.inline.} = (if x <= y or y != y: x else: y)
proc min*[T: not SomeFloat](x, y: T): T {.inline.} = (if x <= y: x else: y)
  ## The smaller of two values.

proc clamp*[T](x, a, b: T): T {.inline.} =
  ## `x`, or the nearer end when it is not within `a` to `b`.
  if x < a: a
  elif x > b: b
  else: x

proc cmp*[T](x, y: T): int =
  ## Negative, zero or positive as `x` is less than, equal to or greater than `y`.
  if x == y: 0
  elif x < y: -1
  else: 1

proc toFloat*(i: int): float {.inline.} = float(i)
proc toBiggestFloat*(i: BiggestInt): BiggestFloat {.inline.} = float(i)

proc toInt*(f: float): int =
  ## Rounds to the nearest integer, halves away from zero.
  if f >= 0: int(f + 0.5) else: int(f - 0.5)

proc toBiggestInt*(f: BiggestFloat): BiggestInt =
  ## As `toInt`.
  if f >= 0: BiggestInt(f + 0.5) else: BiggestInt(f - 0.5)

proc likely*(x: bool): bool {.magic: "Likely".}
  ## `x`, which is true most of the time.
proc unlikely*(x: bool): bool {.magic: "Likely".}
  ## `x`, which is false most of the time.

# Sets

proc contains*[T](s: set[T], x: T): bool {.magic: "InSet".}
proc incl*[T](s: var set[T], x: T) {.magic: "Incl".}
  ## Puts `x` into the set.
proc excl*[T](s: var set[T], x: T) {.magic: "Excl".}
  ## Takes `x` out of the set.
proc card*[T](s: set[T]): int {.magic: "Card".}
  ## How many values there are in the set.
proc len*[T](s: set[T]): int {.magic: "Card".}
proc `+`*[T](x, y: set[T]): set[T] {.magic: "SetUnion".}
  ## What is in one of them.
proc `*`*[T](x, y: set[T]): set[T] {.magic: "SetIntersect".}
  ## What is in both.
proc `-`*[T](x, y: set[T]): set[T] {.magic: "SetDiff".}
  ## What is in `x` and not in `y`.
proc `-+-`*[T](x, y: set[T]): set[T] {.magic: "SetSymDiff".}
  ## What is in exactly one of them.
proc `==`*[T](x, y: set[T]): bool {.magic: "SetEq".}
proc `<=`*[T](x, y: set[T]): bool {.magic: "SetLe".}
  ## Is `x` a part of `y`?
proc `<`*[T](x, y: set[T]): bool {.magic: "SetLt".}
  ## Is `x` a part of `y`, and not the whole?
proc incl*[T](x: var set[T], y: set[T]) {.inline.} = x = x + y
proc excl*[T](x: var set[T], y: set[T]) {.inline.} = x = x - y

template `in`*(x, y: untyped): untyped = contains(y, x)
template `notin`*(x, y: untyped): untyped = not contains(y, x)
