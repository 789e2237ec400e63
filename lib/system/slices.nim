# Parts of strings, arrays and sequences, and elements counted from the end.

template fromStart(s, i: untyped): int =
  # An index as a number from the start.
  (when i is BackwardsIndex: s.len - int(i) else: int(i))

proc sliceLength(first, last, len: int): int =
  # How many elements `first .. last` are. Raises what access to the first one that is not there would raise.
  result = last - first + 1
  if result < 0: raiseRangeErrorI(result, 0, high(int))
  if result > 0:
    if first < 0 or first >= len: raiseIndexError2(first, len - 1)
    if last >= len: raiseIndexError2(len, len - 1)

proc `[]`*(s: string, i: BackwardsIndex): char {.inline.} = s[s.len - int(i)]
proc `[]`*(s: var string, i: BackwardsIndex): var char {.inline.} = s[s.len - int(i)]
proc `[]`*[T](s: openArray[T], i: BackwardsIndex): T {.inline.} = s[s.len - int(i)]
proc `[]`*[T](s: var openArray[T], i: BackwardsIndex): var T {.inline.} = s[s.len - int(i)]
proc `[]=`*(s: var string, i: BackwardsIndex, x: char) {.inline.} = s[s.len - int(i)] = x
proc `[]=`*[T](s: var openArray[T], i: BackwardsIndex, x: sink T) {.inline.} = s[s.len - int(i)] = x

proc `[]`*[U: Ordinal, V: Ordinal](s: string, x: HSlice[U, V]): string =
  ## The bytes from `x.a` to `x.b`.
  let first = fromStart(s, x.a)
  let n = sliceLength(first, fromStart(s, x.b), s.len)
  if n > 0: appendBytes(result, cast[pointer](cast[int](dataPtr(s)) +% first), n)

proc `[]`*[T; U: Ordinal, V: Ordinal](s: openArray[T], x: HSlice[U, V]): seq[T] =
  ## The elements from `x.a` to `x.b`.
  let first = fromStart(s, x.a)
  let n = sliceLength(first, fromStart(s, x.b), s.len)
  result = newSeqOfCap[T](n)
  for i in first ..< first + n: result.add(s[i])

proc `[]`*[I, T; U: Ordinal, V: Ordinal](a: array[I, T], x: HSlice[U, V]): seq[T] =
  const lowest = int(low(a))
  let first = fromStart(a, x.a) + (when x.a is BackwardsIndex: lowest else: 0)
  let last = fromStart(a, x.b) + (when x.b is BackwardsIndex: lowest else: 0)
  let n = last - first + 1
  if n < 0: raiseRangeErrorI(n, 0, high(int))
  result = newSeqOfCap[T](n)
  for i in first .. last: result.add(a[i])

proc `[]=`*[U: Ordinal, V: Ordinal](s: var string, x: HSlice[U, V], b: string) =
  ## Puts `b` in the place of a part; the lengths may differ.
  let first = fromStart(s, x.a)
  let n = sliceLength(first, fromStart(s, x.b), s.len)
  if n == b.len:
    for i in 0 ..< n: s[first + i] = b[i]
  else:
    if first < 0 or first > s.len: raiseIndexError2(first, s.len - 1)
    s = s.substr(0, first - 1) & b & s.substr(first + n)

proc `[]=`*[I, T; U: Ordinal, V: Ordinal](a: var array[I, T], x: HSlice[U, V], b: openArray[T]) =
  ## Assigns the elements of `b` to a part of the same length.
  const lowest = int(low(a))
  let first = fromStart(a, x.a) + (when x.a is BackwardsIndex: lowest else: 0)
  let last = fromStart(a, x.b) + (when x.b is BackwardsIndex: lowest else: 0)
  if last - first + 1 != b.len: raise (ref RangeDefect)(msg: "different lengths for slice assignment")
  for i in 0 ..< b.len: a[first + i] = b[i]

proc `[]=`*[T; U: Ordinal, V: Ordinal](s: var seq[T], x: HSlice[U, V], b: openArray[T]) =
  ## Puts `b` in the place of a part; the lengths may differ.
  let first = fromStart(s, x.a)
  let n = sliceLength(first, fromStart(s, x.b), s.len)
  if n == b.len:
    for i in 0 ..< n: s[first + i] = b[i]
  else:
    if first < 0 or first > s.len: raiseIndexError2(first, s.len - 1)
    var fresh = newSeqOfCap[T](s.len - n + b.len)
    for i in 0 ..< first: fresh.add(move(s[i]))
    for i in 0 ..< b.len: fresh.add(b[i])
    for i in first + n ..< s.len: fresh.add(move(s[i]))
    s = move(fresh)

proc toOpenArray*[T](x: openArray[T], first, last: int): openArray[T] {.magic: "ToOpenArray".}
  ## A part, without copying; for an argument.
proc toOpenArray*[T](x: seq[T], first, last: int): openArray[T] {.magic: "ToOpenArray".}
proc toOpenArray*[I, T](x: array[I, T], first, last: I): openArray[T] {.magic: "ToOpenArray".}
proc toOpenArray*[T](x: ptr UncheckedArray[T], first, last: int): openArray[T] {.magic: "ToOpenArray".}
proc toOpenArray*(x: string, first, last: int): openArray[char] {.magic: "ToOpenArray".}
proc toOpenArray*(x: cstring, first, last: int): openArray[char] {.magic: "ToOpenArray".}
proc toOpenArrayByte*(x: string, first, last: int): openArray[byte] {.magic: "ToOpenArray".}
proc toOpenArrayByte*(x: cstring, first, last: int): openArray[byte] {.magic: "ToOpenArray".}
