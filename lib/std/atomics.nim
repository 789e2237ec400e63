## Values that several threads may change. All operations are sequentially consistent, whatever order is asked for.
##
## Numbers, `bool`s, enums and addresses are changed by the processor as a whole; other values under a lock of their own.

type
  MemoryOrder* = enum
    ## What other threads see in which order.
    moRelaxed, moConsume, moAcquire, moRelease, moAcquireRelease, moSequentiallyConsistent
  Trivial = SomeNumber | bool | enum | ptr | pointer
  AtomicFlag* = distinct int8 ## A flag that is set or not.
  Atomic*[T] = object
    ## A value that changes as a whole.
    when T is Trivial:
      value: T
    else:
      value: T
      guard: AtomicFlag

proc rtAtomic(what: int32, p: pointer, size: int32, value, expected: int): int {.magic: "RtAtomic", noSideEffect.}

const
  opLoad = 0'i32
  opStore = 1'i32
  opExchange = 2'i32
  opAdd = 3'i32
  opSub = 4'i32
  opAnd = 5'i32
  opOr = 6'i32
  opXor = 7'i32
  opCompare = 8'i32

template bits[T](x: T): int =
  # As an integer of the same size, in an `int`.
  when sizeof(T) == 8: cast[int](x)
  elif sizeof(T) == 4: int(cast[int32](x))
  elif sizeof(T) == 2: int(cast[int16](x))
  else: int(cast[int8](x))

template unbits[T](x: int): T =
  when sizeof(T) == 8: cast[T](x)
  elif sizeof(T) == 4: cast[T](cast[int32](x))
  elif sizeof(T) == 2: cast[T](cast[int16](x))
  else: cast[T](cast[int8](x))

proc testAndSet*(location: var AtomicFlag, order: MemoryOrder = moSequentiallyConsistent): bool =
  ## Sets the flag; was it set?
  rtAtomic(opExchange, addr location, 1, 1, 0) != 0
proc clear*(location: var AtomicFlag, order: MemoryOrder = moSequentiallyConsistent) =
  ## Takes the flag back.
  discard rtAtomic(opStore, addr location, 1, 0, 0)

template guarded(location, body: untyped) =
  while testAndSet(location.guard): discard
  try: body
  finally: clear(location.guard)

proc load*[T](location: var Atomic[T], order: MemoryOrder = moSequentiallyConsistent): T =
  ## The value.
  when T is Trivial: unbits[T](rtAtomic(opLoad, addr location.value, int32(sizeof(T)), 0, 0))
  else: guarded(location): result = location.value
proc store*[T](location: var Atomic[T], desired: T, order: MemoryOrder = moSequentiallyConsistent) =
  ## Sets the value.
  when T is Trivial: discard rtAtomic(opStore, addr location.value, int32(sizeof(T)), bits(desired), 0)
  else: guarded(location): location.value = desired
proc exchange*[T](location: var Atomic[T], desired: T, order: MemoryOrder = moSequentiallyConsistent): T =
  ## Sets the value, and gives the one before.
  when T is Trivial: unbits[T](rtAtomic(opExchange, addr location.value, int32(sizeof(T)), bits(desired), 0))
  else:
    guarded(location):
      result = location.value
      location.value = desired

proc compareExchange*[T](location: var Atomic[T], expected: var T, desired: T, success, failure: MemoryOrder): bool =
  ## Sets the value if it is the expected one; otherwise that becomes the value.
  when T is Trivial:
    let wanted = bits(expected)
    let old = rtAtomic(opCompare, addr location.value, int32(sizeof(T)), bits(desired), wanted)
    result = bits(unbits[T](old)) == wanted
    if not result: expected = unbits[T](old)
  else:
    guarded(location):
      result = location.value == expected
      if result: location.value = desired
      else: expected = location.value
proc compareExchange*[T](location: var Atomic[T], expected: var T, desired: T,
                         order: MemoryOrder = moSequentiallyConsistent): bool =
  compareExchange(location, expected, desired, order, order)
proc compareExchangeWeak*[T](location: var Atomic[T], expected: var T, desired: T, success, failure: MemoryOrder): bool =
  compareExchange(location, expected, desired, success, failure)
proc compareExchangeWeak*[T](location: var Atomic[T], expected: var T, desired: T,
                             order: MemoryOrder = moSequentiallyConsistent): bool =
  compareExchange(location, expected, desired, order, order)

template fetching(name, op: untyped) =
  proc name*[T: SomeInteger](location: var Atomic[T], value: T, order: MemoryOrder = moSequentiallyConsistent): T =
    ## Changes the value, and gives the one before.
    unbits[T](rtAtomic(op, addr location.value, int32(sizeof(T)), bits(value), 0))

fetching(fetchAdd, opAdd)
fetching(fetchSub, opSub)
fetching(fetchAnd, opAnd)
fetching(fetchOr, opOr)
fetching(fetchXor, opXor)

proc fence*(order: MemoryOrder) =
  ## What comes before is seen before what comes after.
  var nothing: int
  discard rtAtomic(opExchange, addr nothing, 8, 0, 0)
proc signalFence*(order: MemoryOrder) = discard

proc atomicInc*[T: SomeInteger](location: var Atomic[T], value: T = 1) = discard fetchAdd(location, value)
  ## Adds.
proc atomicDec*[T: SomeInteger](location: var Atomic[T], value: T = 1) = discard fetchSub(location, value)
  ## Subtracts.
proc `+=`*[T: SomeInteger](location: var Atomic[T], value: T) = discard fetchAdd(location, value)
proc `-=`*[T: SomeInteger](location: var Atomic[T], value: T) = discard fetchSub(location, value)
