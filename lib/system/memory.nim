# The runtime's functions (those that allocate raise `OutOfMemDefect` and never give nil), raw memory, and places: new, move, swap, destroy.

proc rtAlloc(size: int): pointer {.magic: "RtAlloc".}
proc rtRealloc(p: pointer, oldSize, newSize: int): pointer {.magic: "RtRealloc".}
proc rtDealloc(p: pointer) {.magic: "RtDealloc".}
proc rtMemMove(dest, source: pointer, size: int) {.magic: "RtMemMove".}
proc rtMemCmp(a, b: pointer, size: int): int32 {.magic: "RtMemCmp".}
proc rtTypeName(desc: pointer): cstring {.magic: "RtTypeName".}
proc rtFormatFloat(value: float, buffer: pointer): int {.magic: "RtFormatFloat".}
proc rtFormatFloat32(value: float32, buffer: pointer): int {.magic: "RtFormatFloat32".}
proc rtWrite(stream: int32, text: pointer, len: int) {.magic: "RtWrite".}
proc rtEcho(strings: pointer, count: int) {.magic: "RtEcho".}
proc rtFlush() {.magic: "RtFlush".}
proc rtStackTrace(target: pointer) {.magic: "RtStackTrace".}
proc rtQuit(status: int32) {.magic: "RtQuit".}
proc rtBlock(function: pointer, how: int32, a, b, c, d: int): int {.magic: "RtBlock", noSideEffect.}
proc typeInfo[T](t: typedesc[T]): pointer {.magic: "TypeInfo".}

template unsafeAddr*(x: untyped): untyped = addr(x)
  ## The address of something that may be a `let` or a parameter.

proc outOfMemory() {.noreturn.} # with the others that raise

# Places

proc new*[T](x: var ref T) {.magic: "New".}
  ## Makes a new object and lets `x` refer to it.

proc new*[T](x: var ref T, finalizer: proc (x: ref T) {.nimcall.}) {.magic: "NewFinalize".}
  ## The same; `finalizer` is called before an object of the type is destroyed.

proc new*[T: ref](t: typedesc[T]): T =
  ## A new object for a reference type.
  new(result)

proc new*[T: not ref](t: typedesc[T]): ref T =
  ## A new object of this type.
  new(result)

proc move*[T](x: var T): T {.magic: "Move".}
  ## The value of `x`, which is empty then.
proc wasMoved*[T](x: var T) {.magic: "WasMoved".}
  ## Makes `x` empty without destroying what it holds.
proc swap*[T](a, b: var T) {.magic: "Swap".}
  ## Exchanges two values without copying what they own.
proc `=destroy`*[T](x: var T) {.magic: "Destroy".}
proc `=copy`*[T](dest: var T, source: T) {.magic: "CopyHook".}
proc `=sink`*[T](dest: var T, source: T) {.magic: "SinkHook".}

proc place[T](dest: var T, source: sink T) {.magic: "Place".}
  # Gives `dest`, which is zero, a value; no hook runs.

proc reset*[T](x: var T) {.inline.} =
  ## Destroys the value of `x` and gives it its type's default.
  x = default(T)

proc ensureMove*[T](x: sink T): T {.inline.} =
  ## `x`, moved to where the result goes.
  result = x

# Memory without a type

proc copyMem*(dest, source: pointer, size: int) {.magic: "CopyMem".}
  ## Copies bytes; the areas do not overlap.
proc zeroMem*(p: pointer, size: int) {.magic: "ZeroMem".}
  ## Clears bytes.

proc moveMem*(dest, source: pointer, size: int) {.inline.} =
  ## Copies bytes; the areas may overlap.
  rtMemMove(dest, source, size)

proc equalMem*(a, b: pointer, size: int): bool {.inline.} =
  ## Are the bytes the same?
  rtMemCmp(a, b, size) == 0'i32

proc cmpMem*(a, b: pointer, size: int): int {.inline.} =
  ## Negative, zero or positive, as C's `memcmp`.
  int(rtMemCmp(a, b, size))

# A block of `alloc` has its size in 16 bytes before it, since `realloc` is not told the old one.
const BlockHeader = 16

proc alloc0*(size: Natural): pointer =
  ## New memory, cleared.
  let p = rtAlloc(size + BlockHeader)
  cast[ptr int](p)[] = size
  result = cast[pointer](cast[int](p) +% BlockHeader)

proc alloc*(size: Natural): pointer {.inline.} = alloc0(size)
  ## New memory.

proc dealloc*(p: pointer) =
  ## Gives back what `alloc` gave.
  if not p.isNil: rtDealloc(cast[pointer](cast[int](p) -% BlockHeader))

proc realloc*(p: pointer, newSize: Natural): pointer =
  ## Memory of another size with the same content; `p` is given back. Size 0 only gives back.
  if newSize == 0:
    dealloc(p)
    return nil
  if p.isNil: return alloc0(newSize)
  let start = cast[pointer](cast[int](p) -% BlockHeader)
  let oldSize = cast[ptr int](start)[]
  let fresh = rtRealloc(start, oldSize +% BlockHeader, newSize + BlockHeader)
  cast[ptr int](fresh)[] = newSize
  result = cast[pointer](cast[int](fresh) +% BlockHeader)

proc realloc0*(p: pointer, oldSize, newSize: Natural): pointer {.inline.} = realloc(p, newSize)
  ## As `realloc`; what is new is cleared.

proc create*[T](t: typedesc[T], size: Positive = 1): ptr T {.inline.} =
  ## Memory for `size` values, cleared.
  cast[ptr T](alloc0(sizeof(T) * size))

proc createU*[T](t: typedesc[T], size: Positive = 1): ptr T {.inline.} =
  ## Memory for `size` values.
  cast[ptr T](alloc0(sizeof(T) * size))

proc resize*[T](p: ptr T, newSize: Natural): ptr T {.inline.} =
  ## `realloc` for values of a type.
  cast[ptr T](realloc(p, sizeof(T) * newSize))

proc allocShared*(size: Natural): pointer {.inline.} = alloc0(size)
proc allocShared0*(size: Natural): pointer {.inline.} = alloc0(size)
proc reallocShared*(p: pointer, newSize: Natural): pointer {.inline.} = realloc(p, newSize)
proc reallocShared0*(p: pointer, oldSize, newSize: Natural): pointer {.inline.} = realloc(p, newSize)
proc deallocShared*(p: pointer) {.inline.} = dealloc(p)
proc createShared*[T](t: typedesc[T], size: Positive = 1): ptr T {.inline.} = cast[ptr T](alloc0(sizeof(T) * size))
proc createSharedU*[T](t: typedesc[T], size: Positive = 1): ptr T {.inline.} = cast[ptr T](alloc0(sizeof(T) * size))
proc freeShared*[T](p: ptr T) {.inline.} = dealloc(p)

proc resizeShared*[T](p: ptr T, newSize: Natural): ptr T {.inline.} =
  ## The same room with another number of elements.
  cast[ptr T](reallocShared(p, newSize * sizeof(T)))

# Counts of references by hand. The count stands 16 bytes before the object, in steps of 8.

proc GC_ref*[T](x: ref T) =
  ## Keeps an object alive until `GC_unref`.
  if not x.isNil:
    let count = cast[ptr int](cast[int](x) -% 16)
    count[] = count[] +% 8

proc GC_unref*[T](x: ref T) =
  ## Gives up what `GC_ref` took.
  var owner: ref T
  copyMem(addr owner, unsafeAddr x, sizeof(pointer))

proc unsafeNew*[T](x: var ref T, size: Natural) =
  ## An object with room for `size` bytes, for types that end with an `UncheckedArray`.
  x = nil
  let start = rtAlloc(size + 16)
  cast[ptr pointer](cast[int](start) +% 8)[] = typeInfo(T)
  cast[ptr pointer](addr x)[] = cast[pointer](cast[int](start) +% 16)

# What counts do not free: cycles

proc rtCollectCycles() {.magic: "RtCollectCycles".}
proc rtHeapBytes(what: int32): int {.magic: "RtHeapBytes".}

proc GC_fullCollect*() {.inline.} = rtCollectCycles()
  ## Destroys the objects that only refer to each other.
proc GC_runOrc*() {.inline.} = rtCollectCycles()
proc GC_enableOrc*() = discard
proc GC_disableOrc*() = discard
proc GC_enable*() = discard
proc GC_disable*() = discard
proc GC_enableMarkAndSweep*() = discard
proc GC_disableMarkAndSweep*() = discard
proc GC_prepareOrc*(): int = 0
proc GC_partialCollect*(limit: int) = rtCollectCycles()

proc getOccupiedMem*(): int {.inline.} = rtHeapBytes(0)
  ## How many bytes the program uses.
proc getTotalMem*(): int {.inline.} = rtHeapBytes(1)
  ## How many bytes the program has from the system.
proc getFreeMem*(): int {.inline.} = rtHeapBytes(1) -% rtHeapBytes(0)
  ## How many of them it could use.
proc getMaxMem*(): int {.inline.} = getTotalMem()
  ## The most that it has had; what it has is not given back.
proc getOccupiedSharedMem*(): int {.inline.} = getOccupiedMem()
proc getTotalSharedMem*(): int {.inline.} = getTotalMem()
proc getFreeSharedMem*(): int {.inline.} = getFreeMem()

type AllocStats* = object
  ## Counts of allocations, which are kept with Nim's `-d:nimAllocStats` alone.
  allocCount, deallocCount: int

proc `-`*(a, b: AllocStats): AllocStats =
  AllocStats(allocCount: a.allocCount - b.allocCount, deallocCount: a.deallocCount - b.deallocCount)
proc getAllocStats*(): AllocStats = discard
template dumpAllocstats*(code: untyped) = code

template unown*(x: typed): untyped = x
template disarm*(x: typed) = x = nil
  ## Makes a reference that is not counted empty.

template shallowCopy*[T](x: var T, y: T) = x = y
proc shallow*(s: var string) {.inline.} = discard
proc shallow*[T](s: var seq[T]) {.inline.} = discard

template deepCopy*(x: var untyped, y: untyped) {.error: "for --gc:arc|orc 'deepcopy' support has to be enabled with --deepcopy:on".}
template deepCopy*(y: untyped): untyped {.error: "for --gc:arc|orc 'deepcopy' support has to be enabled with --deepcopy:on".}
