## Values that several threads may change. One thread at a time runs a program's code here, so that plain operations do.

type
  MemoryOrder* = enum
    ## What other threads see in which order.
    moRelaxed, moConsume, moAcquire, moRelease, moAcquireRelease, moSequentiallyConsistent
  Atomic*[T] = object
    ## A value that changes as a whole.
    value: T
  AtomicFlag* = distinct int8 ## A flag that is set or not.

proc load*[T](location: var Atomic[T], order: MemoryOrder = moSequentiallyConsistent): T = location.value
  ## The value.
proc store*[T](location: var Atomic[T], desired: T, order: MemoryOrder = moSequentiallyConsistent) =
  ## Sets the value.
  location.value = desired
proc exchange*[T](location: var Atomic[T], desired: T, order: MemoryOrder = moSequentiallyConsistent): T =
  ## Sets the value, and gives the one before.
  result = location.value
  location.value = desired

proc compareExchange*[T](location: var Atomic[T], expected: var T, desired: T, success, failure: MemoryOrder): bool =
  ## Sets the value if it is the expected one; otherwise that becomes the value.
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

template fetching(name, next: untyped) =
  proc name*[T: SomeInteger](location: var Atomic[T], value {.inject.}: T,
                             order: MemoryOrder = moSequentiallyConsistent): T =
    result = location.value
    let before {.inject.} = result
    location.value = next

fetching(fetchAdd, before +% value)
fetching(fetchSub, before -% value)
fetching(fetchAnd, before and value)
fetching(fetchOr, before or value)
fetching(fetchXor, before xor value)

proc testAndSet*(location: var AtomicFlag, order: MemoryOrder = moSequentiallyConsistent): bool =
  ## Sets the flag; was it set?
  result = int8(location) != 0
  location = AtomicFlag(1)
proc clear*(location: var AtomicFlag, order: MemoryOrder = moSequentiallyConsistent) = location = AtomicFlag(0)
  ## Takes the flag back.
proc fence*(order: MemoryOrder) = discard
  ## What comes before is seen before what comes after.
proc signalFence*(order: MemoryOrder) = discard

proc atomicInc*[T: SomeInteger](location: var Atomic[T], value: T = 1) = discard fetchAdd(location, value)
  ## Adds.
proc atomicDec*[T: SomeInteger](location: var Atomic[T], value: T = 1) = discard fetchSub(location, value)
  ## Subtracts.
proc `+=`*[T: SomeInteger](location: var Atomic[T], value: T) = discard fetchAdd(location, value)
proc `-=`*[T: SomeInteger](location: var Atomic[T], value: T) = discard fetchSub(location, value)
