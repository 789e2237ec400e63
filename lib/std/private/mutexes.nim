## The mutexes and conditions of the system's threads, for `locks` and `rlocks`.

import std/private/blocking

type
  RawMutex* = array[8, int64] ## As large as any system's.
  RawCond* = array[8, int64]

proc mutexInit*(lock, attributes: pointer): cint {.importc: "pthread_mutex_init", cdecl, noSideEffect.}
proc mutexDestroy*(lock: pointer): cint {.importc: "pthread_mutex_destroy", cdecl, noSideEffect.}
proc mutexTryLock*(lock: pointer): cint {.importc: "pthread_mutex_trylock", cdecl, noSideEffect.}
proc mutexUnlock*(lock: pointer): cint {.importc: "pthread_mutex_unlock", cdecl, noSideEffect.}
proc condInit*(cond, attributes: pointer): cint {.importc: "pthread_cond_init", cdecl, noSideEffect.}
proc condDestroy*(cond: pointer): cint {.importc: "pthread_cond_destroy", cdecl, noSideEffect.}
proc condSignal*(cond: pointer): cint {.importc: "pthread_cond_signal", cdecl, noSideEffect.}
proc condBroadcast*(cond: pointer): cint {.importc: "pthread_cond_broadcast", cdecl, noSideEffect.}
proc cMutexLock(lock: pointer): cint {.importc: "pthread_mutex_lock", cdecl, noSideEffect.}
proc cCondWait(cond, lock: pointer): cint {.importc: "pthread_cond_wait", cdecl, noSideEffect.}

proc lockMutex*(lock: pointer) =
  ## Takes it, waiting where another thread has it.
  if mutexTryLock(lock) != 0: waitForThreads(cast[pointer](cMutexLock), lock)

proc waitCond*(cond, lock: pointer) = waitForThreads(cast[pointer](cCondWait), cond, lock)
  ## Gives the lock back until it is woken up.
