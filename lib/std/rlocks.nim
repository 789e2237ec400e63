## Locks that who has them may take again.

type RLock* {.bycopy.} = object
  ## As many releases give it back as it was taken.
  raw: array[8, int64]

proc cInit(lock, attributes: pointer): cint {.importc: "pthread_mutex_init", cdecl, noSideEffect.}
proc cDestroy(lock: pointer): cint {.importc: "pthread_mutex_destroy", cdecl, noSideEffect.}
proc cLock(lock: pointer): cint {.importc: "pthread_mutex_lock", cdecl, noSideEffect.}
proc cTryLock(lock: pointer): cint {.importc: "pthread_mutex_trylock", cdecl, noSideEffect.}
proc cUnlock(lock: pointer): cint {.importc: "pthread_mutex_unlock", cdecl, noSideEffect.}
proc cAttrInit(attributes: pointer): cint {.importc: "pthread_mutexattr_init", cdecl, noSideEffect.}
proc cAttrSetType(attributes: pointer, kind: cint): cint {.importc: "pthread_mutexattr_settype", cdecl, noSideEffect.}
proc cAttrDestroy(attributes: pointer): cint {.importc: "pthread_mutexattr_destroy", cdecl, noSideEffect.}

proc initRLock*(lock: var RLock) =
  ## Before the first use.
  const recursive = when defined(macosx): 2 else: 1
  var attributes: array[4, int64]
  discard cAttrInit(addr attributes)
  discard cAttrSetType(addr attributes, recursive)
  discard cInit(addr lock, addr attributes)
  discard cAttrDestroy(addr attributes)
proc deinitRLock*(lock: var RLock) = discard cDestroy(addr lock)
  ## After the last use.
proc tryAcquire*(lock: var RLock): bool = cTryLock(addr lock) == 0
  ## Takes the lock if no other thread has it.
proc acquire*(lock: var RLock) = discard cLock(addr lock)
  ## Takes the lock, waiting for it.
proc release*(lock: var RLock) = discard cUnlock(addr lock)
  ## Gives the lock back once.

template withRLock*(lock: RLock, code: untyped) =
  ## Runs the statements with the lock.
  acquire(lock)
  try: code
  finally: release(lock)
