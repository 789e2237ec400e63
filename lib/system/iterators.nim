# Loops over the elements of containers.

{.push boundChecks: off, overflowChecks: off.}

iterator items*[T: not char](a: openArray[T]): lent T {.inline.} =
  ## The elements, first to last.
  var i = 0
  while i < len(a):
    yield a[i]
    i = i +% 1

iterator items*[T: char](a: openArray[T]): T {.inline.} =
  var i = 0
  while i < len(a):
    yield a[i]
    i = i +% 1

iterator items*[I, T](a: array[I, T]): lent T {.inline.} =
  when a.len > 0:
    var i = low(a)
    while true:
      yield a[i]
      if i >= high(a): break
      i = succ(i)

iterator items*[T](a: seq[T]): lent T {.inline.} =
  var i = 0
  let n = len(a)
  while i < n:
    yield a[i]
    i = i +% 1
    assert(len(a) == n, "the length of the seq changed while iterating over it")

iterator items*(a: string): char {.inline.} =
  ## The bytes, first to last.
  var i = 0
  let n = len(a)
  while i < n:
    yield a[i]
    i = i +% 1
    assert(len(a) == n, "the length of the string changed while iterating over it")

iterator items*(a: cstring): char {.inline.} =
  if not a.isNil:
    var i = 0
    while a[i] != '\0':
      yield a[i]
      i = i +% 1

iterator items*[T](a: set[T]): T {.inline.} =
  ## The values in the set, lowest first.
  var i = int(low(T))
  while i <= int(high(T)):
    if T(i) in a: yield T(i)
    i = i +% 1

iterator items*[T: enum and Ordinal](t: typedesc[T]): T {.inline.} =
  ## The values of an enum, lowest first.
  var i = ord(low(T))
  while i <= ord(high(T)):
    yield T(i)
    i = i +% 1

iterator items*[T](s: HSlice[T, T]): T {.inline.} =
  ## `s.a` to `s.b`.
  for x in s.a .. s.b: yield x

iterator mitems*[T](a: var openArray[T]): var T {.inline.} =
  ## The elements, to be changed.
  var i = 0
  while i < len(a):
    yield a[i]
    i = i +% 1

iterator mitems*[I, T](a: var array[I, T]): var T {.inline.} =
  when a.len > 0:
    var i = low(a)
    while true:
      yield a[i]
      if i >= high(a): break
      i = succ(i)

iterator mitems*[T](a: var seq[T]): var T {.inline.} =
  var i = 0
  let n = len(a)
  while i < n:
    yield a[i]
    i = i +% 1
    assert(len(a) == n, "the length of the seq changed while iterating over it")

iterator mitems*(a: var string): var char {.inline.} =
  var i = 0
  let n = len(a)
  while i < n:
    yield a[i]
    i = i +% 1
    assert(len(a) == n, "the length of the string changed while iterating over it")

iterator pairs*[T](a: openArray[T]): tuple[key: int, val: lent T] {.inline.} =
  ## Indices and elements, first to last.
  var i = 0
  while i < len(a):
    yield (i, a[i])
    i = i +% 1

iterator pairs*[I, T](a: array[I, T]): tuple[key: I, val: lent T] {.inline.} =
  when a.len > 0:
    var i = low(a)
    while true:
      yield (i, a[i])
      if i >= high(a): break
      i = succ(i)

iterator pairs*[T](a: seq[T]): tuple[key: int, val: lent T] {.inline.} =
  var i = 0
  let n = len(a)
  while i < n:
    yield (i, a[i])
    i = i +% 1
    assert(len(a) == n, "the length of the seq changed while iterating over it")

iterator pairs*(a: string): tuple[key: int, val: char] {.inline.} =
  var i = 0
  let n = len(a)
  while i < n:
    yield (i, a[i])
    i = i +% 1
    assert(len(a) == n, "the length of the string changed while iterating over it")

iterator pairs*(a: cstring): tuple[key: int, val: char] {.inline.} =
  if not a.isNil:
    var i = 0
    while a[i] != '\0':
      yield (i, a[i])
      i = i +% 1

iterator mpairs*[T](a: var openArray[T]): tuple[key: int, val: var T] {.inline.} =
  ## Indices and elements, the elements to be changed.
  var i = 0
  while i < len(a):
    yield (i, a[i])
    i = i +% 1

iterator mpairs*[I, T](a: var array[I, T]): tuple[key: I, val: var T] {.inline.} =
  when a.len > 0:
    var i = low(a)
    while true:
      yield (i, a[i])
      if i >= high(a): break
      i = succ(i)

iterator mpairs*[T](a: var seq[T]): tuple[key: int, val: var T] {.inline.} =
  var i = 0
  let n = len(a)
  while i < n:
    yield (i, a[i])
    i = i +% 1
    assert(len(a) == n, "the length of the seq changed while iterating over it")

iterator mpairs*(a: var string): tuple[key: int, val: var char] {.inline.} =
  var i = 0
  let n = len(a)
  while i < n:
    yield (i, a[i])
    i = i +% 1
    assert(len(a) == n, "the length of the string changed while iterating over it")

{.pop.}

# Fields: the compiler repeats the body of such a loop once a field.

iterator fields*[T: tuple | object](x: T): RootObj {.magic: "Fields".} = discard
  ## The fields in order, each with its own type.
iterator fields*[S: tuple | object, T: tuple | object](x: S, y: T): tuple[a, b: RootObj] {.magic: "Fields".} = discard
  ## The fields of two values side by side.
iterator fieldPairs*[T: tuple | object](x: T): tuple[key: string, val: RootObj] {.magic: "FieldPairs".} = discard
  ## Names and fields.
iterator fieldPairs*[S: tuple | object, T: tuple | object](x: S, y: T): tuple[key: string, a, b: RootObj] {.magic: "FieldPairs".} = discard
