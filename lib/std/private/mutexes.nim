## The mutexes of the system's threads, for `locks` and `rlocks`.

type RawMutex* = array[8, int64]
  ## As large as any system's.

proc mutexInit*(lock, attributes: pointer): cint {.importc: "pthread_mutex_init", cdecl, noSideEffect.}
proc mutexDestroy*(lock: pointer): cint {.importc: "pthread_mutex_destroy", cdecl, noSideEffect.}
proc mutexLock*(lock: pointer): cint {.importc: "pthread_mutex_lock", cdecl, noSideEffect.}
proc mutexTryLock*(lock: pointer): cint {.importc: "pthread_mutex_trylock", cdecl, noSideEffect.}
proc mutexUnlock*(lock: pointer): cint {.importc: "pthread_mutex_unlock", cdecl, noSideEffect.}
