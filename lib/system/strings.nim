# Strings: bytes behind a length and the address of `{ capacity, bytes…, 0 }`.
#
# The address is nil when a string never had bytes. A capacity from `LiteralBit` on marks a payload that is constant data: it
# is copied before it changes.

type
  RawSeq = object # what a string or seq is in memory
    len: int
    p: pointer
  Payload = object
    cap: int
  Bytes = ptr UncheckedArray[char]

const LiteralBit = int(0x4000_0000_0000_0000)

proc len*[T](x: openArray[T]): int {.magic: "Len".}
  ## How many elements there are.
proc len*[I, T](x: array[I, T]): int {.magic: "Len".}
proc len*[I, T](x: typedesc[array[I, T]]): int {.magic: "Len".}
proc len*[T](x: seq[T]): int {.magic: "Len".}
proc len*(x: string): int {.magic: "Len".}
  ## How many bytes there are.
proc len*(x: cstring): int {.magic: "Len".}
  ## How many bytes there are before the zero; 0 for nil.

proc dataPtr(x: string): pointer {.magic: "DataPtr".}
proc dataPtr[T](x: openArray[T]): pointer {.magic: "DataPtr".}

template raw(x: untyped): untyped = cast[ptr RawSeq](unsafeAddr(x))

{.push checks: off.}

proc grown(cap: int): int {.inline.} =
  # Nim's way: doubling at first, then by half.
  if cap <= 0: 4
  elif cap <= 32767: cap * 2
  else: cap div 2 * 3

proc bytes(s: ptr RawSeq): Bytes {.inline.} = cast[Bytes](cast[int](s.p) +% 8)

proc hasRoom(s: ptr RawSeq, want: int): bool {.inline.} =
  # Has it a payload of its own for so many? One comparison leaves out constant ones too.
  (not s.p.isNil) and cast[uint](cast[ptr Payload](s.p).cap -% want) < uint(LiteralBit div 2)

proc reserveBytes(s: ptr RawSeq, want: int) =
  # Makes a payload of its own for `want` bytes and the zero after them.
  let old = cast[ptr Payload](s.p)
  if old.isNil or old.cap >= LiteralBit:
    let cap = max(want, 7)
    let fresh = cast[ptr Payload](rtAlloc(cap +% 9))
    fresh.cap = cap
    if not old.isNil:
      copyMem(cast[pointer](cast[int](fresh) +% 8), cast[pointer](cast[int](old) +% 8), min(s.len, want))
    s.p = fresh
  elif want > old.cap:
    let cap = max(want, grown(old.cap))
    let fresh = cast[ptr Payload](rtRealloc(old, old.cap +% 9, cap +% 9))
    fresh.cap = cap
    s.p = fresh

proc appendBytes(x: var string, source: pointer, n: int) =
  if n <= 0: return
  let s = raw(x)
  let old = s.len
  let total = old +% n
  if not hasRoom(s, total): reserveBytes(s, total)
  let data = bytes(s)
  copyMem(addr data[old], source, n)
  data[total] = '\0'
  s.len = total

proc add*(x: var string, y: char) =
  ## Appends a char.
  let s = raw(x)
  let n = s.len
  if not hasRoom(s, n +% 1): reserveBytes(s, n +% 1)
  let data = bytes(s)
  data[n] = y
  data[n +% 1] = '\0'
  s.len = n +% 1

proc add*(x: var string, y: string) =
  ## Appends a string.
  let n = y.len
  if n == 0: return
  let s = raw(x)
  let old = s.len
  let total = old +% n
  if not hasRoom(s, total): reserveBytes(s, total)
  # Only now: `y` may be `x`, whose bytes have moved.
  let data = bytes(s)
  copyMem(addr data[old], dataPtr(y), n)
  data[total] = '\0'
  s.len = total

proc add*(x: var string, y: cstring) =
  ## Appends C's text; nothing when it is nil.
  appendBytes(x, cast[pointer](y), y.len)

proc setLen*(s: var string, newLen: Natural) =
  ## Cuts the string off, or appends zeros.
  let r = raw(s)
  let old = r.len
  if newLen == old: return
  if newLen == 0:
    if r.p.isNil or cast[ptr Payload](r.p).cap >= LiteralBit: r.p = nil
    else: bytes(r)[0] = '\0'
    r.len = 0
    return
  if not hasRoom(r, newLen): reserveBytes(r, newLen)
  let data = bytes(r)
  if newLen > old: zeroMem(addr data[old], newLen -% old)
  data[newLen] = '\0'
  r.len = newLen

proc newStringOfCap*(cap: Natural): string =
  ## An empty string with room for `cap` bytes.
  if cap > 0: reserveBytes(raw(result), cap)

proc newString*(len: Natural): string =
  ## A string of `len` zeros.
  if len > 0:
    let s = raw(result)
    reserveBytes(s, len)
    s.len = len

proc newStringUninit*(len: Natural): string {.inline.} = newString(len)
  ## A string of `len` bytes that are to be written.

proc capacity*(s: string): int =
  ## How many bytes the string can have before its storage moves.
  let p = cast[ptr Payload](raw(s).p)
  if p.isNil: 0 else: p.cap and (LiteralBit -% 1)

proc prepareMutation*(s: var string) =
  ## Gives the string bytes of its own, before they are written through an address.
  let r = raw(s)
  if not r.p.isNil and cast[ptr Payload](r.p).cap >= LiteralBit: reserveBytes(r, r.len)

proc `&`*(x, y: string): string =
  ## Both, one after the other.
  result = newStringOfCap(x.len +% y.len)
  result.add(x)
  result.add(y)

proc `&`*(x: string, y: char): string =
  result = newStringOfCap(x.len +% 1)
  result.add(x)
  result.add(y)

proc `&`*(x: char, y: string): string =
  result = newStringOfCap(y.len +% 1)
  result.add(x)
  result.add(y)

proc `&`*(x, y: char): string =
  result = newStringOfCap(2)
  result.add(x)
  result.add(y)

template `&=`*(x, y: typed) = add(x, y)

proc insert*(x: var string, item: string, i: Natural = 0) =
  ## Puts `item` before the byte at `i`.
  let n = item.len
  let old = x.len
  if n == 0: return
  let copy = item # `item` may be `x`
  x.setLen(old +% n)
  let data = bytes(raw(x))
  rtMemMove(addr data[i +% n], addr data[i], old -% i)
  copyMem(addr data[i], dataPtr(copy), n)

proc `==`*(x, y: string): bool =
  let n = x.len
  if n != y.len: return false
  n == 0 or rtMemCmp(dataPtr(x), dataPtr(y), n) == 0'i32

proc cmp*(x, y: string): int =
  ## Compares byte by byte: negative, zero or positive.
  let n = min(x.len, y.len)
  if n > 0: result = int(rtMemCmp(dataPtr(x), dataPtr(y), n))
  if result == 0: result = x.len -% y.len

proc `<`*(x, y: string): bool {.inline.} = cmp(x, y) < 0
proc `<=`*(x, y: string): bool {.inline.} = cmp(x, y) <= 0

proc `==`*(x: string; y: typeof(nil)): bool {.error: "'nil' is now invalid for 'string'".}
proc `==`*(x: typeof(nil); y: string): bool {.error: "'nil' is now invalid for 'string'".}
proc `==`*(x, y: cstring): bool =
  ## Are the bytes up to the zero the same?
  if cast[pointer](x) == cast[pointer](y): return true
  if x.isNil or y.isNil: return false
  var i = 0
  while x[i] == y[i]:
    if x[i] == '\0': return true
    i = i +% 1
  false

proc substr*(s: string, first, last: int): string =
  ## The bytes from `first` to `last`, as far as they are there.
  let first = max(first, 0)
  let n = min(last, s.len -% 1) -% first +% 1
  if n > 0: appendBytes(result, cast[pointer](cast[int](dataPtr(s)) +% first), n)

proc substr*(s: string, first = 0): string {.inline.} = substr(s, first, s.len -% 1)
  ## The bytes from `first` on.

{.pop.}
