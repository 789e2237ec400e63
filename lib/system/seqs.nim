# Sequences: elements behind a length and the address of `{ capacity, padding, elements… }`, as strings are.
#
# Storage after the last element is always zero, so that an assignment there destroys nothing.

proc seqHeader[T](t: typedesc[T]): int {.inline.} =
  # Where the elements begin.
  when alignof(T) > 8: alignof(T) else: 8

{.push checks: off.}

proc bytesFor(count, size, header: int): int {.inline.} =
  # Of so many elements with their header; what no memory could hold is no wrong number.
  if size > 0 and count > (high(int) -% header) div size: outOfMemory()
  count * size +% header

proc reserveElements(s: ptr RawSeq, want, size, header: int) =
  # Makes a payload of its own for `want` elements of `size` bytes.
  let old = cast[ptr Payload](s.p)
  if old.isNil or old.cap >= LiteralBit:
    let fresh = cast[ptr Payload](rtAlloc(bytesFor(want, size, header)))
    fresh.cap = want
    if not old.isNil:
      # What is constant owns nothing: its bytes are the value.
      copyMem(cast[pointer](cast[int](fresh) +% header), cast[pointer](cast[int](old) +% header), s.len * size)
    s.p = fresh
  elif want > old.cap:
    let fresh = cast[ptr Payload](rtRealloc(old, old.cap * size +% header, bytesFor(want, size, header)))
    fresh.cap = want
    s.p = fresh

proc elements[T](s: ptr RawSeq, t: typedesc[T]): ptr UncheckedArray[T] {.inline.} =
  cast[ptr UncheckedArray[T]](cast[int](s.p) +% seqHeader(T))

proc growFor[T](s: ptr RawSeq, total: int, t: typedesc[T]) =
  let p = cast[ptr Payload](s.p)
  let cap = if p.isNil: 0 else: p.cap and (LiteralBit -% 1)
  let want = if cap >= total: total else: max(total, grown(cap))
  reserveElements(s, want, sizeof(T), seqHeader(T))

proc add*[T](x: var seq[T], y: sink T) {.inline.} =
  ## Appends an element.
  let s = raw(x)
  let n = s.len
  if not hasRoom(s, n +% 1): growFor(s, n +% 1, T)
  place(elements(s, T)[n], y)
  s.len = n +% 1

proc destroyFrom[T](s: ptr RawSeq, first: int, t: typedesc[T]) =
  # Takes away the elements from `first` on.
  let data = elements(s, T)
  while s.len > first:
    s.len = s.len -% 1
    `=destroy`(data[s.len])
    zeroMem(addr data[s.len], sizeof(T))

template appending[T](s: ptr RawSeq, t: typedesc[T], first, last: int, value: untyped) =
  # Appends `value` for each `i` from `first` to before `last`. If one cannot be made, none is appended.
  let data = elements(s, T)
  when supportsCopyMem(T):
    for i {.inject.} in first ..< last: data[i] = value
    s.len = last
  else:
    try:
      for i {.inject.} in first ..< last:
        place(data[i], value)
        s.len = i +% 1
    except:
      destroyFrom(s, first, T)
      # What a copy or a default value raises is told where it comes from.
      {.cast(raises: []).}: raise

proc add*[T](x: var seq[T], y: openArray[T]) =
  ## Appends elements.
  let n = y.len
  if n == 0: return
  let s = raw(x)
  let old = s.len
  if not hasRoom(s, old +% n):
    if dataPtr(y) == cast[pointer](elements(s, T)) and not s.p.isNil:
      # `y` is `x` itself, whose elements are about to move.
      growFor(s, old +% n, T)
      appending(s, T, old, old +% n, elements(s, T)[i -% old])
      return
    growFor(s, old +% n, T)
  appending(s, T, old, old +% n, y[i -% old])

template `&=`*[T](x: var seq[T], y: openArray[T]) = add(x, y)

proc setLen*[T](s: var seq[T], newLen: Natural) =
  ## Destroys elements at the end, or appends default values.
  let r = raw(s)
  let old = r.len
  if newLen < old:
    if not hasRoom(r, old): growFor(r, old, T)
    let data = elements(r, T)
    var i = old
    while i > newLen:
      i = i -% 1
      r.len = i
      when not supportsCopyMem(T): `=destroy`(data[i])
      zeroMem(addr data[i], sizeof(T))
  elif newLen > old:
    if not hasRoom(r, newLen): growFor(r, newLen, T)
    when T is object or T is tuple or T is array:
      appending(r, T, old, newLen, default(T))
    r.len = newLen

proc newSeqOfCap*[T](cap: Natural): seq[T] =
  ## An empty sequence with room for `cap` elements.
  if cap > 0: reserveElements(raw(result), cap, sizeof(T), seqHeader(T))

proc newSeq*[T](len: Natural = 0): seq[T] =
  ## A sequence of `len` default values.
  if len > 0:
    reserveElements(raw(result), len, sizeof(T), seqHeader(T))
    result.setLen(len)

proc newSeq*[T](s: var seq[T], len: Natural) =
  s = newSeq[T](len)

proc newSeqUninit*[T](len: Natural): seq[T] {.inline.} = newSeq[T](len)
  ## A sequence of `len` elements that are to be written.

proc shrink*[T](x: var seq[T], newLen: Natural) {.inline.} = x.setLen(newLen)
  ## Destroys elements at the end.

proc grow*[T](x: var seq[T], newLen: Natural, value: T) =
  ## Appends copies of a value until there are `newLen` elements.
  while x.len < newLen: x.add value

proc setLenUninit*[T](s: var seq[T], newlen: Natural) {.inline.} = s.setLen(newlen)
  ## Changes the length; elements that are new are to be written.

proc newSeqUninitialized*[T](len: Natural): seq[T] {.inline.} = newSeq[T](len)

proc capacity*[T](s: seq[T]): int =
  ## How many elements the sequence can have before its storage moves.
  let p = cast[ptr Payload](raw(s).p)
  if p.isNil: 0 else: p.cap and (LiteralBit -% 1)

proc `@`*[T](a: openArray[T]): seq[T] =
  ## A sequence of these elements.
  let n = a.len
  if n > 0:
    reserveElements(raw(result), n, sizeof(T), seqHeader(T))
    appending(raw(result), T, 0, n, a[i])

proc pop*[T](s: var seq[T]): T =
  ## Takes the last element away.
  let r = raw(s)
  let last = r.len -% 1
  if last < 0: raiseIndexError2(last, last)
  if not hasRoom(r, r.len): growFor(r, r.len, T)
  r.len = last
  result = move(elements(r, T)[last])

proc delete*[T](x: var seq[T], i: Natural) =
  ## Removes the element at `i`; what follows moves down.
  let r = raw(x)
  let last = r.len -% 1
  if i > last: raiseIndexError2(i, last)
  if not hasRoom(r, r.len): growFor(r, r.len, T)
  let data = elements(r, T)
  when not supportsCopyMem(T): `=destroy`(data[i])
  rtMemMove(addr data[i], addr data[i +% 1], (last -% i) * sizeof(T))
  zeroMem(addr data[last], sizeof(T))
  r.len = last

proc del*[T](x: var seq[T], i: Natural) =
  ## Removes the element at `i` by putting the last one there.
  let r = raw(x)
  let last = r.len -% 1
  if i > last: raiseIndexError2(i, last)
  if not hasRoom(r, r.len): growFor(r, r.len, T)
  let data = elements(r, T)
  when not supportsCopyMem(T): `=destroy`(data[i])
  if i < last: copyMem(addr data[i], addr data[last], sizeof(T))
  zeroMem(addr data[last], sizeof(T))
  r.len = last

proc insert*[T](x: var seq[T], item: sink T, i: Natural = 0) =
  ## Puts `item` before the element at `i`.
  let r = raw(x)
  let n = r.len
  if i > n: raiseIndexError2(i, n)
  if not hasRoom(r, n +% 1): growFor(r, n +% 1, T)
  let data = elements(r, T)
  rtMemMove(addr data[i +% 1], addr data[i], (n -% i) * sizeof(T))
  zeroMem(addr data[i], sizeof(T))
  place(data[i], item)
  r.len = n +% 1

{.pop.}

proc `&`*[T](x, y: sink seq[T]): seq[T] =
  ## Both, one after the other.
  let total = x.len + y.len
  result = x
  var rest = y
  if total > result.len: growFor(raw(result), total, T)
  for i in 0 ..< rest.len: result.add(move(rest[i]))

proc `&`*[T](x: sink seq[T], y: sink T): seq[T] =
  result = x
  result.add(y)

proc `&`*[T](x: sink T, y: sink seq[T]): seq[T] =
  result = newSeqOfCap[T](y.len + 1)
  result.add(x)
  var rest = y
  for i in 0 ..< rest.len: result.add(move(rest[i]))
