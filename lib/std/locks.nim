## Locks and conditions of the system's threads.

import std/private/mutexes

type
  Lock* {.bycopy.} = object
    ## Who has it keeps others out.
    raw: RawMutex
  Cond* {.bycopy.} = object
    ## Something to wait for.
    raw: array[8, int64]

proc cCondInit(cond, attributes: pointer): cint {.importc: "pthread_cond_init", cdecl, noSideEffect.}
proc cCondDestroy(cond: pointer): cint {.importc: "pthread_cond_destroy", cdecl, noSideEffect.}
proc cCondWait(cond, lock: pointer): cint {.importc: "pthread_cond_wait", cdecl, noSideEffect.}
proc cCondSignal(cond: pointer): cint {.importc: "pthread_cond_signal", cdecl, noSideEffect.}
proc cCondBroadcast(cond: pointer): cint {.importc: "pthread_cond_broadcast", cdecl, noSideEffect.}

proc `$`*(lock: Lock): string = "()"
  ## There is nothing to see.

proc initLock*(lock: var Lock) = discard mutexInit(addr lock, nil)
  ## Before the first use.
proc deinitLock*(lock: var Lock) = discard mutexDestroy(addr lock)
  ## After the last.
proc tryAcquire*(lock: var Lock): bool = mutexTryLock(addr lock) == 0
  ## Takes the lock if nobody has it.
proc acquire*(lock: var Lock) = discard mutexLock(addr lock)
  ## Takes the lock, waiting for it.
proc release*(lock: var Lock) = discard mutexUnlock(addr lock)
  ## Gives the lock back.

proc initCond*(cond: var Cond) = discard cCondInit(addr cond, nil)
  ## Before the first use.
proc deinitCond*(cond: var Cond) = discard cCondDestroy(addr cond)
  ## After the last.
proc wait*(cond: var Cond, lock: var Lock) = discard cCondWait(addr cond, addr lock)
  ## Gives the lock back, waits for a signal, and takes the lock again.
proc signal*(cond: var Cond) = discard cCondSignal(addr cond)
  ## Wakes one that waits.
proc broadcast*(cond: var Cond) = discard cCondBroadcast(addr cond)
  ## Wakes all that wait.

template withLock*(a: Lock, body: untyped) =
  ## Runs the statements with the lock.
  acquire(a)
  try: body
  finally: release(a)
