## Locks that who has them may take again.

import std/private/mutexes

type RLock* {.bycopy.} = object
  ## As many releases give it back as it was taken.
  raw: RawMutex

proc cAttrInit(attributes: pointer): cint {.importc: "pthread_mutexattr_init", cdecl, noSideEffect.}
proc cAttrSetType(attributes: pointer, kind: cint): cint {.importc: "pthread_mutexattr_settype", cdecl, noSideEffect.}
proc cAttrDestroy(attributes: pointer): cint {.importc: "pthread_mutexattr_destroy", cdecl, noSideEffect.}

proc initRLock*(lock: var RLock) =
  ## Before the first use.
  const recursive = when defined(macosx): 2 else: 1
  var attributes: array[4, int64]
  discard cAttrInit(addr attributes)
  discard cAttrSetType(addr attributes, recursive)
  discard mutexInit(addr lock, addr attributes)
  discard cAttrDestroy(addr attributes)
proc deinitRLock*(lock: var RLock) = discard mutexDestroy(addr lock)
  ## After the last use.
proc tryAcquire*(lock: var RLock): bool = mutexTryLock(addr lock) == 0
  ## Takes the lock if no other thread has it.
proc acquire*(lock: var RLock) = lockMutex(addr lock)
  ## Takes the lock, waiting for it.
proc release*(lock: var RLock) = discard mutexUnlock(addr lock)
  ## Gives the lock back once.

template withRLock*(lock: RLock, code: untyped) =
  ## Runs the statements with the lock.
  acquire(lock)
  try: code
  finally: release(lock)
