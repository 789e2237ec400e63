# Ranges as values, counting loops, and the places of arrays and strings from the end.

proc `..`*[T, U](a: sink T, b: sink U): HSlice[T, U] {.inline.} = HSlice[T, U](a: a, b: b)
  ## From `a` to `b`, both included.
proc `..`*[T](b: sink T): HSlice[int, T] {.inline.} = HSlice[int, T](a: 0, b: b)
  ## From 0 to `b`.

template `^`*(x: int): BackwardsIndex = BackwardsIndex(x)
  ## The place `x` before the end: `^1` is the last.

proc `==`*(x, y: BackwardsIndex): bool {.inline.} = int(x) == int(y)
proc `<`*(x, y: BackwardsIndex): bool {.inline.} = int(y) < int(x)

template `..<`*(a, b: untyped): untyped =
  ## From `a` to before `b`.
  a .. (when b is BackwardsIndex: BackwardsIndex(int(b) + 1) else: pred(b))

template `..^`*(a, b: untyped): untyped = a .. ^b
  ## From `a` to the place `b` before the end.

proc len*[U: Ordinal, V: Ordinal](x: HSlice[U, V]): int =
  ## How many values there are from the first to the last.
  max(0, ord(x.b) - ord(x.a) + 1)

proc contains*[U, V, W](s: HSlice[U, V], value: W): bool {.inline.} =
  ## Is `value` between the ends?
  s.a <= value and value <= s.b

proc `==`*[T, U](x, y: HSlice[T, U]): bool {.inline.} = x.a == y.a and x.b == y.b

# Counting. The end is compared before each step, so that no step leaves the type.

{.push overflowChecks: off, rangeChecks: off.}

iterator countup*[T](a, b: T, step: Positive = 1): T {.inline.} =
  ## `a`, `a + step`, … as far as `b`.
  if a <= b:
    when T is uint | uint64:
      var i = a
      while true:
        yield i
        if b - i < T(step): break
        i = i + T(step)
    else:
      var i = int(a)
      let last = int(b)
      while true:
        yield T(i)
        if cast[uint](last -% i) < uint(step): break
        i = i +% step

iterator countdown*[T](a, b: T, step: Positive = 1): T {.inline.} =
  ## `a`, `a - step`, … as far as `b`.
  if b <= a:
    when T is uint | uint64:
      var i = a
      while true:
        yield i
        if i - b < T(step): break
        i = i - T(step)
    else:
      var i = int(a)
      let last = int(b)
      while true:
        yield T(i)
        if cast[uint](i -% last) < uint(step): break
        i = i -% step

iterator `..`*[T](a, b: T): T {.inline.} =
  ## `a` to `b`, one by one.
  if a <= b:
    when T is SomeInteger:
      var i = a
      while true:
        yield i
        if i >= b: break
        i = i + 1
    else:
      var i = ord(a)
      let last = ord(b)
      while true:
        yield T(i)
        if i >= last: break
        i = i +% 1

iterator `..<`*[T](a, b: T): T {.inline.} =
  ## `a` to before `b`, one by one.
  when T is SomeInteger:
    var i = a
    while i < b:
      yield i
      i = i + 1
  else:
    var i = ord(a)
    let last = ord(b)
    while i < last:
      yield T(i)
      i = i +% 1

# With these a literal takes the type of the other end.

iterator `..`*(a, b: int64): int64 {.inline.} =
  if a <= b:
    var i = a
    while true:
      yield i
      if i >= b: break
      i = i +% 1'i64

iterator `..`*(a, b: int32): int32 {.inline.} =
  if a <= b:
    var i = a
    while true:
      yield i
      if i >= b: break
      i = i +% 1'i32

iterator `..`*(a, b: uint64): uint64 {.inline.} =
  if a <= b:
    var i = a
    while true:
      yield i
      if i >= b: break
      i = i + 1'u64

iterator `..`*(a, b: uint32): uint32 {.inline.} =
  if a <= b:
    var i = a
    while true:
      yield i
      if i >= b: break
      i = i + 1'u32

iterator `..<`*(a, b: int64): int64 {.inline.} =
  var i = a
  while i < b:
    yield i
    i = i +% 1'i64

iterator `..<`*(a, b: int32): int32 {.inline.} =
  var i = a
  while i < b:
    yield i
    i = i +% 1'i32

iterator `..<`*(a, b: uint64): uint64 {.inline.} =
  var i = a
  while i < b:
    yield i
    i = i + 1'u64

iterator `..<`*(a, b: uint32): uint32 {.inline.} =
  var i = a
  while i < b:
    yield i
    i = i + 1'u32

{.pop.}

iterator `||`*[S, T](a: S, b: T, annotation: static[string] = "parallel for"): T {.inline.} =
  ## As `..`; nothing runs in parallel.
  for i in T(a) .. b: yield i
