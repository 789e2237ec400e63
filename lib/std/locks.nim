## Locks and conditions of the system's threads. Who waits for one stands still: a reload goes on without it.

import std/private/mutexes

type
  Lock* {.bycopy.} = object
    ## Who has it keeps others out.
    raw: RawMutex
  Cond* {.bycopy.} = object
    ## Something to wait for.
    raw: RawCond

proc `$`*(lock: Lock): string = "()"
  ## There is nothing to see.

proc initLock*(lock: var Lock) = discard mutexInit(addr lock, nil)
  ## Before the first use.
proc deinitLock*(lock: var Lock) = discard mutexDestroy(addr lock)
  ## After the last.
proc tryAcquire*(lock: var Lock): bool = mutexTryLock(addr lock) == 0
  ## Takes the lock if nobody has it.
proc acquire*(lock: var Lock) = lockMutex(addr lock)
  ## Takes the lock, waiting for it.
proc release*(lock: var Lock) = discard mutexUnlock(addr lock)
  ## Gives the lock back.

proc initCond*(cond: var Cond) = discard condInit(addr cond, nil)
  ## Before the first use.
proc deinitCond*(cond: var Cond) = discard condDestroy(addr cond)
  ## After the last.
proc wait*(cond: var Cond, lock: var Lock) = waitCond(addr cond, addr lock)
  ## Gives the lock back, waits for a signal, and takes the lock again.
proc signal*(cond: var Cond) = discard condSignal(addr cond)
  ## Wakes one that waits.
proc broadcast*(cond: var Cond) = discard condBroadcast(addr cond)
  ## Wakes all that wait.

template withLock*(a: Lock, body: untyped) =
  ## Runs the statements with the lock.
  acquire(a)
  {.locks: [a].}:
    try: body
    finally: release(a)
