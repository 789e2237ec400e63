## Memory that changes as a whole, which every module has without an import.

export system.AtomMemModel, system.AtomType, system.ATOMIC_RELAXED, system.ATOMIC_CONSUME, system.ATOMIC_ACQUIRE,
  system.ATOMIC_RELEASE, system.ATOMIC_ACQ_REL, system.ATOMIC_SEQ_CST
export system.atomicLoadN, system.atomicLoad, system.atomicStoreN, system.atomicStore, system.atomicExchangeN,
  system.atomicExchange, system.atomicCompareExchangeN, system.atomicCompareExchange
export system.atomicAddFetch, system.atomicSubFetch, system.atomicAndFetch, system.atomicOrFetch, system.atomicXorFetch,
  system.atomicNandFetch, system.atomicFetchAdd, system.atomicFetchSub, system.atomicFetchAnd, system.atomicFetchOr,
  system.atomicFetchXor, system.atomicFetchNand
export system.atomicTestAndSet, system.atomicClear, system.atomicThreadFence, system.atomicSignalFence, system.fence,
  system.cpuRelax, system.atomicInc, system.atomicDec, system.cas
