## Procs and templates over sequences. Those that end in `It` take an expression in which `it` is the element.

from std/sugar import collect

func concat*[T](seqs: varargs[seq[T]]): seq[T] =
  ## All sequences in one.
  for s in seqs:
    for x in s: result.add(x)

func count*[T](s: openArray[T], x: T): int =
  ## How often `x` is in it.
  for y in s:
    if y == x: inc result

func cycle*[T](s: openArray[T], n: Natural): seq[T] =
  ## The sequence `n` times over.
  for _ in 1 .. int(n):
    for x in s: result.add(x)

func repeat*[T](x: T, n: Natural): seq[T] =
  ## `x` so many times.
  for _ in 1 .. int(n): result.add(x)

func deduplicate*[T](s: openArray[T], isSorted: bool = false): seq[T] =
  ## Each element once.
  for x in s:
    if isSorted:
      if result.len == 0 or result[result.len - 1] != x: result.add(x)
    elif x notin result: result.add(x)

func minIndex*[T](s: openArray[T]): int =
  ## Where the smallest element first is.
  for i in 1 ..< s.len:
    if s[i] < s[result]: result = i

func maxIndex*[T](s: openArray[T]): int =
  ## Where the largest element first is.
  for i in 1 ..< s.len:
    if s[result] < s[i]: result = i

func zip*[S, T](s1: openArray[S], s2: openArray[T]): seq[(S, T)] =
  ## Pairs of the elements at the same place, as far as the shorter one goes.
  for i in 0 ..< min(s1.len, s2.len): result.add((s1[i], s2[i]))

func unzip*[S, T](s: openArray[(S, T)]): (seq[S], seq[T]) =
  ## The firsts and the seconds.
  for pair in s:
    result[0].add(pair[0])
    result[1].add(pair[1])

func distribute*[T](s: seq[T], num: Positive, spread = true): seq[seq[T]] =
  ## `num` parts; with `spread` as even as can be, else all but the last equally long.
  if num < 2: return @[s]
  let even = s.len div num
  let rest = s.len mod num
  var first = 0
  for i in 0 ..< int(num):
    var size = even
    if spread or rest == 0:
      if i < rest: inc size
    else: size = even + 1
    var part: seq[T]
    for k in first ..< min(first + size, s.len): part.add(s[k])
    result.add(part)
    first = min(first + size, s.len)

proc map*[T, S](s: openArray[T], op: proc (x: T): S): seq[S] =
  ## What `op` makes of each.
  for x in s: result.add(op(x))

proc apply*[T](s: var openArray[T], op: proc (x: var T)) =
  ## Changes each in place.
  for i in 0 ..< s.len: op(s[i])

proc apply*[T](s: var openArray[T], op: proc (x: T): T) =
  ## Replaces each by what `op` makes of it.
  for i in 0 ..< s.len: s[i] = op(s[i])

proc apply*[T](s: openArray[T], op: proc (x: T)) =
  ## Calls `op` with each.
  for x in s: op(x)

iterator filter*[T](s: openArray[T], pred: proc (x: T): bool): T =
  for x in s:
    if pred(x): yield x

proc filter*[T](s: openArray[T], pred: proc (x: T): bool): seq[T] =
  ## Those that `pred` says yes to.
  for x in s:
    if pred(x): result.add(x)

proc keepIf*[T](s: var seq[T], pred: proc (x: T): bool) =
  ## Takes those out that `pred` says no to.
  var kept = 0
  for i in 0 ..< s.len:
    if pred(s[i]):
      if kept != i: s[kept] = move(s[i])
      inc kept
  s.setLen(kept)

func delete*[T](s: var seq[T], slice: Slice[int]) =
  ## Takes the elements of the slice out.
  if not (slice.a < s.len and slice.a >= 0 and slice.b < s.len):
    raise newException(IndexDefect, $(slice: slice, len: s.len))
  if slice.b < slice.a: return
  let gap = slice.b - slice.a + 1
  for i in slice.b + 1 ..< s.len: s[i - gap] = move(s[i])
  s.setLen(s.len - gap)

func delete*[T](s: var seq[T], first, last: Natural) =
  delete(s, int(first) .. min(int(last), s.len - 1))

func insert*[T](dest: var seq[T], src: openArray[T], pos = 0) =
  ## Puts the elements of `src` in, from `pos` on.
  let n = src.len
  let old = dest.len
  dest.setLen(old + n)
  for i in countdown(old - 1, pos): dest[i + n] = move(dest[i])
  for i in 0 ..< n: dest[pos + i] = src[i]

proc all*[T](s: openArray[T], pred: proc (x: T): bool): bool =
  ## Does `pred` say yes to each?
  for x in s:
    if not pred(x): return false
  true

proc any*[T](s: openArray[T], pred: proc (x: T): bool): bool =
  ## Does `pred` say yes to one?
  for x in s:
    if pred(x): return true
  false

template filterIt*(s, pred: untyped): untyped =
  ## Those for which the expression holds.
  block:
    var found: seq[typeof(s[0])]
    for it {.inject.} in items(s):
      if pred: found.add(it)
    found

template keepItIf*(varSeq: seq, pred: untyped) =
  ## Takes those out for which the expression does not hold.
  block:
    var kept = 0
    for i in 0 ..< varSeq.len:
      let it {.inject.} = varSeq[i]
      if pred:
        if kept != i: varSeq[kept] = move(varSeq[i])
        inc kept
    setLen(varSeq, kept)

template allIt*(s, pred: untyped): bool =
  ## Does the expression hold for each?
  block:
    var holds = true
    for it {.inject.} in items(s):
      if not pred:
        holds = false
        break
    holds

template findIt*(s, predicate: untyped): int =
  ## Where the first element stands for which the expression holds, or -1.
  block:
    var found = -1
    var at = 0
    for it {.inject.} in items(s):
      if predicate:
        found = at
        break
      inc at
    found

func addUnique*[T](s: var seq[T], x: sink T) =
  ## Adds an element that is not there yet.
  if x notin s: s.add x

func minmax*[T](x: openArray[T], cmp: proc (a, b: T): int): (T, T) {.effectsOf: cmp.} =
  ## The least and the greatest.
  result = (x[0], x[0])
  for i in 1 ..< x.len:
    if cmp(x[i], result[0]) < 0: result[0] = x[i]
    if cmp(result[1], x[i]) < 0: result[1] = x[i]

func minmax*[T](x: openArray[T]): (T, T) = minmax(x, system.cmp[T])
  ## The least and the greatest.

template anyIt*(s, pred: untyped): bool =
  ## Does the expression hold for one?
  block:
    var holds = false
    for it {.inject.} in items(s):
      if pred:
        holds = true
        break
    holds

template countIt*(s, pred: untyped): int =
  ## For how many does the expression hold?
  block:
    var n = 0
    for it {.inject.} in s:
      if pred: inc n
    n

template mapIt*(s: typed, op: untyped): untyped =
  ## What the expression makes of each.
  block:
    type Made = typeof((block:
      var it {.inject.}: typeof(items(s), typeOfIter)
      op), typeOfProc)
    var made: seq[Made]
    for it {.inject.} in items(s): made.add(op)
    made

template applyIt*(varSeq, op: untyped) =
  ## Replaces each by what the expression makes of it.
  for i in low(varSeq) .. high(varSeq):
    let it {.inject.} = varSeq[i]
    varSeq[i] = op

iterator items*[T](xs: iterator (): T): T =
  ## What a closure iterator gives.
  for x in xs(): yield x

template gather(iter: untyped): untyped =
  # Where there is a proc as well as an iterator of the name, it is the proc's result.
  when compiles(iter.len) and typeof(iter, typeOfProc) is seq:
    block:
      let all: typeof(iter, typeOfProc) = iter
      collect(for x in all: x)
  else: collect(for x in iter: x)

template toSeq*(iter: untyped): untyped =
  ## What an iterator gives, or the elements of what can be looped over.
  when compiles(iter is iterator):
    when (iter is iterator):
      collect(for x in iter(): x)
    else: gather(iter)
  else: gather(iter)

template foldl*(sequence, operation: untyped): untyped =
  ## Joins all from the left: in the expression `a` is what has been joined and `b` the next.
  block:
    let s = sequence
    assert s.len > 0, "Can't fold empty sequences"
    var joined: typeof(s[0])
    joined = s[0]
    for i in 1 ..< s.len:
      let
        a {.inject.} = joined
        b {.inject.} = s[i]
      joined = operation
    joined

template foldl*(sequence, operation, first): untyped =
  ## As above, beginning with `first`.
  block:
    var joined: typeof(first) = first
    for x in items(sequence):
      let
        a {.inject.} = joined
        b {.inject.} = x
      joined = operation
    joined

template foldr*(sequence, operation: untyped): untyped =
  ## Joins all from the right: `a` is the next and `b` what has been joined.
  block:
    let s = sequence
    assert s.len > 0, "Can't fold empty sequences"
    var joined: typeof(s[0])
    joined = s[s.len - 1]
    for i in countdown(s.len - 2, 0):
      let
        a {.inject.} = s[i]
        b {.inject.} = joined
      joined = operation
    joined

macro mapLiterals*(constructor, op: untyped, nested = true): untyped {.magic: "Macro".}
  ## The constructor with `op` around each literal in it.

template newSeqWith*(len: int, init: untyped): untyped =
  ## A sequence of that length; the expression is evaluated for each element.
  block:
    let n = len
    var made = newSeq[typeof(init)](n)
    for i in 0 ..< n: made[i] = init
    made
