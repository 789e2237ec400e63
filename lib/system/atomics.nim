# Memory that changes as a whole, for all threads. Every operation is sequentially consistent, whatever is asked for.

proc rtAtomic(what: int32, p: pointer, size: int32, value, expected: int): int {.magic: "RtAtomic".}

type
  AtomMemModel* = distinct cint ## What other threads see in which order.
  AtomType* = SomeNumber | pointer | ptr | char | bool ## What can change as a whole.

const
  ATOMIC_RELAXED* = AtomMemModel(0)
  ATOMIC_CONSUME* = AtomMemModel(1)
  ATOMIC_ACQUIRE* = AtomMemModel(2)
  ATOMIC_RELEASE* = AtomMemModel(3)
  ATOMIC_ACQ_REL* = AtomMemModel(4)
  ATOMIC_SEQ_CST* = AtomMemModel(5)

template atomBits[T](x: T): int =
  when sizeof(T) == 8: cast[int](x)
  elif sizeof(T) == 4: int(cast[int32](x))
  elif sizeof(T) == 2: int(cast[int16](x))
  else: int(cast[int8](x))

template fromAtomBits[T](x: int): T =
  when sizeof(T) == 8: cast[T](x)
  elif sizeof(T) == 4: cast[T](cast[int32](x))
  elif sizeof(T) == 2: cast[T](cast[int16](x))
  else: cast[T](cast[int8](x))

template atomically[T](what: int32, p: ptr T, value: int, expected = 0): T =
  # The value before.
  fromAtomBits[T](rtAtomic(what, p, int32(sizeof(T)), value, expected))

proc atomicLoadN*[T: AtomType](p: ptr T, mem: AtomMemModel): T = atomically(0, p, 0)
  ## The value.
proc atomicLoad*[T: AtomType](p, ret: ptr T, mem: AtomMemModel) = ret[] = atomicLoadN(p, mem)
  ## The value, put where `ret` points.
proc atomicStoreN*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel) = discard atomically(1, p, atomBits(val))
  ## Sets the value.
proc atomicStore*[T: AtomType](p, val: ptr T, mem: AtomMemModel) = atomicStoreN(p, val[], mem)
  ## Sets the value to the one that `val` points to.
proc atomicExchangeN*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel): T = atomically(2, p, atomBits(val))
  ## Sets the value, and gives the one before.
proc atomicExchange*[T: AtomType](p, val, ret: ptr T, mem: AtomMemModel) = ret[] = atomicExchangeN(p, val[], mem)
  ## Sets the value, and puts the one before where `ret` points.

proc atomicCompareExchangeN*[T: AtomType](p, expected: ptr T, desired: T, weak: bool,
    success_memmodel, failure_memmodel: AtomMemModel): bool =
  ## Sets the value if it is the expected one; otherwise that becomes the value.
  let old = atomically(8, p, atomBits(desired), atomBits(expected[]))
  result = atomBits(old) == atomBits(expected[])
  if not result: expected[] = old
proc atomicCompareExchange*[T: AtomType](p, expected, desired: ptr T, weak: bool,
    success_memmodel, failure_memmodel: AtomMemModel): bool =
  ## The same with the new value behind `desired`.
  atomicCompareExchangeN(p, expected, desired[], weak, success_memmodel, failure_memmodel)

proc atomicFetchAdd*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel): T = atomically(3, p, atomBits(val))
  ## Adds, and gives the value before; so do the others whose names begin like this.
proc atomicFetchSub*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel): T = atomically(4, p, atomBits(val))
proc atomicFetchAnd*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel): T = atomically(5, p, atomBits(val))
proc atomicFetchOr*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel): T = atomically(6, p, atomBits(val))
proc atomicFetchXor*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel): T = atomically(7, p, atomBits(val))
proc atomicFetchNand*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel): T =
  result = atomicLoadN(p, mem)
  while not atomicCompareExchangeN(p, addr result, fromAtomBits[T](not (atomBits(result) and atomBits(val))), false, mem, mem):
    discard

proc atomicAddFetch*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel): T =
  ## Adds, and gives the new value; so do the others whose names end like this.
  fromAtomBits[T](atomBits(atomicFetchAdd(p, val, mem)) +% atomBits(val))
proc atomicSubFetch*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel): T =
  fromAtomBits[T](atomBits(atomicFetchSub(p, val, mem)) -% atomBits(val))
proc atomicAndFetch*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel): T =
  fromAtomBits[T](atomBits(atomicFetchAnd(p, val, mem)) and atomBits(val))
proc atomicOrFetch*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel): T =
  fromAtomBits[T](atomBits(atomicFetchOr(p, val, mem)) or atomBits(val))
proc atomicXorFetch*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel): T =
  fromAtomBits[T](atomBits(atomicFetchXor(p, val, mem)) xor atomBits(val))
proc atomicNandFetch*[T: AtomType](p: ptr T, val: T, mem: AtomMemModel): T =
  fromAtomBits[T](not (atomBits(atomicFetchNand(p, val, mem)) and atomBits(val)))

proc atomicTestAndSet*(p: pointer, mem: AtomMemModel): bool = rtAtomic(2, p, 1, 1, 0) != 0
  ## Sets a byte; was it set?
proc atomicClear*(p: pointer, mem: AtomMemModel) = discard rtAtomic(1, p, 1, 0, 0)
  ## Clears a byte.

proc atomicThreadFence*(mem: AtomMemModel) =
  ## What comes before is seen before what comes after.
  var nothing: int
  discard rtAtomic(2, addr nothing, 8, 0, 0)
proc atomicSignalFence*(mem: AtomMemModel) = discard
template fence*() = atomicThreadFence(ATOMIC_SEQ_CST)
  ## What comes before is seen before what comes after.
proc cpuRelax*() {.inline.} = discard
  ## For loops that wait for another thread.

proc atomicInc*(memLoc: var int, x: int = 1): int {.discardable.} =
  ## Adds, and gives the new value.
  rtAtomic(3, addr memLoc, 8, x, 0) +% x

proc atomicDec*(memLoc: var int, x: int = 1): int {.discardable.} =
  ## Subtracts, and gives the new value.
  rtAtomic(4, addr memLoc, 8, x, 0) -% x

proc cas*[T: bool | int | ptr](p: ptr T, oldValue, newValue: T): bool =
  ## Sets the value if it is the old one.
  rtAtomic(8, p, int32(sizeof(T)), cast[int](newValue), cast[int](oldValue)) == cast[int](oldValue)
