# A part of `posix`: what C's threads, semaphores and message queues are. Threads of a program are those of `std/typedthreads`:
# C may not start one in code of the program.

type
  Pthread* = culong
  Pthread_key* = cuint
  Pthread_once* = cint
  Pthread_spinlock* = cint
  Pthread_attr* {.bycopy.} = object
    abi: array[when defined(arm64): 8 else: 7, clong]
  Pthread_barrier* {.bycopy.} = object
    abi: array[4, clong]
  Pthread_barrierattr* {.bycopy.} = object
    abi: array[when defined(arm64): 2 else: 1, cint]
  Pthread_cond* {.bycopy.} = object
    abi: array[6, clonglong]
  Pthread_condattr* {.bycopy.} = object
    abi: array[when defined(arm64): 2 else: 1, cint]
  Pthread_mutex* {.bycopy.} = object
    abi: array[when defined(arm64): 6 else: 5, clong]
  Pthread_mutexattr* {.bycopy.} = object
    abi: array[when defined(arm64): 2 else: 1, cint]
  Pthread_rwlock* {.bycopy.} = object
    abi: array[7, clong]
  Pthread_rwlockattr* {.bycopy.} = object
    abi: array[1, clong]
  Sched_param* {.bycopy.} = object
    sched_priority*: cint
  Sem* {.bycopy.} = object
    ## A semaphore.
    abi: array[4, clong]

const SEM_FAILED* = cast[pointer](nil) ## What `sem_open` gives when it cannot.

{.push cdecl.}

proc pthread_attr_destroy*(a1: ptr Pthread_attr): cint {.importc.}
proc pthread_attr_getdetachstate*(a1: ptr Pthread_attr, a2: cint): cint {.importc.}
proc pthread_attr_getguardsize*(a1: ptr Pthread_attr, a2: var cint): cint {.importc.}
proc pthread_attr_getinheritsched*(a1: ptr Pthread_attr, a2: var cint): cint {.importc.}
proc pthread_attr_getschedparam*(a1: ptr Pthread_attr, a2: ptr Sched_param): cint {.importc.}
proc pthread_attr_getschedpolicy*(a1: ptr Pthread_attr, a2: var cint): cint {.importc.}
proc pthread_attr_getscope*(a1: ptr Pthread_attr, a2: var cint): cint {.importc.}
proc pthread_attr_getstack*(a1: ptr Pthread_attr, a2: var pointer, a3: var int): cint {.importc.}
proc pthread_attr_getstackaddr*(a1: ptr Pthread_attr, a2: var pointer): cint {.importc.}
proc pthread_attr_getstacksize*(a1: ptr Pthread_attr, a2: var int): cint {.importc.}
proc pthread_attr_init*(a1: ptr Pthread_attr): cint {.importc.}
proc pthread_attr_setdetachstate*(a1: ptr Pthread_attr, a2: cint): cint {.importc.}
proc pthread_attr_setguardsize*(a1: ptr Pthread_attr, a2: int): cint {.importc.}
proc pthread_attr_setinheritsched*(a1: ptr Pthread_attr, a2: cint): cint {.importc.}
proc pthread_attr_setschedparam*(a1: ptr Pthread_attr, a2: ptr Sched_param): cint {.importc.}
proc pthread_attr_setschedpolicy*(a1: ptr Pthread_attr, a2: cint): cint {.importc.}
proc pthread_attr_setscope*(a1: ptr Pthread_attr, a2: cint): cint {.importc.}
proc pthread_attr_setstackaddr*(a1: ptr Pthread_attr, a2: pointer): cint {.importc.}
proc pthread_attr_setstacksize*(a1: ptr Pthread_attr, a2: int): cint {.importc.}
proc pthread_barrier_destroy*(a1: ptr Pthread_barrier): cint {.importc.}
proc pthread_barrier_init*(a1: ptr Pthread_barrier, a2: ptr Pthread_barrierattr, a3: cint): cint {.importc.}
proc pthread_barrier_wait*(a1: ptr Pthread_barrier): cint {.importc.}
proc pthread_barrierattr_destroy*(a1: ptr Pthread_barrierattr): cint {.importc.}
proc pthread_barrierattr_getpshared*(a1: ptr Pthread_barrierattr, a2: var cint): cint {.importc.}
proc pthread_barrierattr_init*(a1: ptr Pthread_barrierattr): cint {.importc.}
proc pthread_barrierattr_setpshared*(a1: ptr Pthread_barrierattr, a2: cint): cint {.importc.}
proc pthread_cond_broadcast*(a1: ptr Pthread_cond): cint {.importc.}
proc pthread_cond_destroy*(a1: ptr Pthread_cond): cint {.importc.}
proc pthread_cond_init*(a1: ptr Pthread_cond, a2: ptr Pthread_condattr): cint {.importc.}
proc pthread_cond_signal*(a1: ptr Pthread_cond): cint {.importc.}
proc pthread_cond_timedwait*(a1: ptr Pthread_cond, a2: ptr Pthread_mutex, a3: ptr Timespec): cint {.importc.}
proc pthread_cond_wait*(a1: ptr Pthread_cond, a2: ptr Pthread_mutex): cint {.importc.}
proc pthread_condattr_destroy*(a1: ptr Pthread_condattr): cint {.importc.}
proc pthread_condattr_getclock*(a1: ptr Pthread_condattr, a2: var ClockId): cint {.importc.}
proc pthread_condattr_getpshared*(a1: ptr Pthread_condattr, a2: var cint): cint {.importc.}
proc pthread_condattr_init*(a1: ptr Pthread_condattr): cint {.importc.}
proc pthread_condattr_setclock*(a1: ptr Pthread_condattr, a2: ClockId): cint {.importc.}
proc pthread_condattr_setpshared*(a1: ptr Pthread_condattr, a2: cint): cint {.importc.}
proc pthread_detach*(a1: Pthread): cint {.importc.}
proc pthread_equal*(a1, a2: Pthread): cint {.importc.}
proc pthread_getconcurrency*(): cint {.importc.}
proc pthread_getcpuclockid*(a1: Pthread, a2: var ClockId): cint {.importc.}
proc pthread_getschedparam*(a1: Pthread, a2: var cint, a3: ptr Sched_param): cint {.importc.}
proc pthread_getspecific*(a1: Pthread_key): pointer {.importc.}
proc pthread_join*(a1: Pthread, a2: ptr pointer): cint {.importc.}
proc pthread_key_delete*(a1: Pthread_key): cint {.importc.}
proc pthread_mutex_destroy*(a1: ptr Pthread_mutex): cint {.importc.}
proc pthread_mutex_getprioceiling*(a1: ptr Pthread_mutex, a2: var cint): cint {.importc.}
proc pthread_mutex_init*(a1: ptr Pthread_mutex, a2: ptr Pthread_mutexattr): cint {.importc.}
proc pthread_mutex_lock*(a1: ptr Pthread_mutex): cint {.importc.}
proc pthread_mutex_setprioceiling*(a1: ptr Pthread_mutex, a2: cint, a3: var cint): cint {.importc.}
proc pthread_mutex_timedlock*(a1: ptr Pthread_mutex, a2: ptr Timespec): cint {.importc.}
proc pthread_mutex_trylock*(a1: ptr Pthread_mutex): cint {.importc.}
proc pthread_mutex_unlock*(a1: ptr Pthread_mutex): cint {.importc.}
proc pthread_mutexattr_destroy*(a1: ptr Pthread_mutexattr): cint {.importc.}
proc pthread_mutexattr_getprioceiling*(a1: ptr Pthread_mutexattr, a2: var cint): cint {.importc.}
proc pthread_mutexattr_getprotocol*(a1: ptr Pthread_mutexattr, a2: var cint): cint {.importc.}
proc pthread_mutexattr_getpshared*(a1: ptr Pthread_mutexattr, a2: var cint): cint {.importc.}
proc pthread_mutexattr_gettype*(a1: ptr Pthread_mutexattr, a2: var cint): cint {.importc.}
proc pthread_mutexattr_init*(a1: ptr Pthread_mutexattr): cint {.importc.}
proc pthread_mutexattr_setprioceiling*(a1: ptr Pthread_mutexattr, a2: cint): cint {.importc.}
proc pthread_mutexattr_setprotocol*(a1: ptr Pthread_mutexattr, a2: cint): cint {.importc.}
proc pthread_mutexattr_setpshared*(a1: ptr Pthread_mutexattr, a2: cint): cint {.importc.}
proc pthread_mutexattr_settype*(a1: ptr Pthread_mutexattr, a2: cint): cint {.importc.}
proc pthread_rwlock_destroy*(a1: ptr Pthread_rwlock): cint {.importc.}
proc pthread_rwlock_init*(a1: ptr Pthread_rwlock, a2: ptr Pthread_rwlockattr): cint {.importc.}
proc pthread_rwlock_rdlock*(a1: ptr Pthread_rwlock): cint {.importc.}
proc pthread_rwlock_timedrdlock*(a1: ptr Pthread_rwlock, a2: ptr Timespec): cint {.importc.}
proc pthread_rwlock_timedwrlock*(a1: ptr Pthread_rwlock, a2: ptr Timespec): cint {.importc.}
proc pthread_rwlock_tryrdlock*(a1: ptr Pthread_rwlock): cint {.importc.}
proc pthread_rwlock_trywrlock*(a1: ptr Pthread_rwlock): cint {.importc.}
proc pthread_rwlock_unlock*(a1: ptr Pthread_rwlock): cint {.importc.}
proc pthread_rwlock_wrlock*(a1: ptr Pthread_rwlock): cint {.importc.}
proc pthread_rwlockattr_destroy*(a1: ptr Pthread_rwlockattr): cint {.importc.}
proc pthread_rwlockattr_getpshared*(a1: ptr Pthread_rwlockattr, a2: var cint): cint {.importc.}
proc pthread_rwlockattr_init*(a1: ptr Pthread_rwlockattr): cint {.importc.}
proc pthread_rwlockattr_setpshared*(a1: ptr Pthread_rwlockattr, a2: cint): cint {.importc.}
proc pthread_self*(): Pthread {.importc.}
proc pthread_setcancelstate*(a1: cint, a2: var cint): cint {.importc.}
proc pthread_setcanceltype*(a1: cint, a2: var cint): cint {.importc.}
proc pthread_setconcurrency*(a1: cint): cint {.importc.}
proc pthread_setschedparam*(a1: Pthread, a2: cint, a3: ptr Sched_param): cint {.importc.}
proc pthread_setschedprio*(a1: Pthread, a2: cint): cint {.importc.}
proc pthread_setspecific*(a1: Pthread_key, a2: pointer): cint {.importc.}
proc pthread_spin_destroy*(a1: ptr Pthread_spinlock): cint {.importc.}
proc pthread_spin_init*(a1: ptr Pthread_spinlock, a2: cint): cint {.importc.}
proc pthread_spin_lock*(a1: ptr Pthread_spinlock): cint {.importc.}
proc pthread_spin_trylock*(a1: ptr Pthread_spinlock): cint {.importc.}
proc pthread_spin_unlock*(a1: ptr Pthread_spinlock): cint {.importc.}
proc pthread_testcancel*() {.importc.}
proc sem_close*(a1: ptr Sem): cint {.importc.}
proc sem_destroy*(a1: ptr Sem): cint {.importc.}
proc sem_getvalue*(a1: ptr Sem, a2: var cint): cint {.importc.}
proc sem_init*(a1: ptr Sem, a2: cint, a3: cint): cint {.importc.}
proc sem_open*(a1: cstring, a2: cint): ptr Sem {.importc, varargs.}
proc sem_post*(a1: ptr Sem): cint {.importc.}
proc sem_timedwait*(a1: ptr Sem, a2: ptr Timespec): cint {.importc.}
proc sem_trywait*(a1: ptr Sem): cint {.importc.}
proc sem_unlink*(a1: cstring): cint {.importc.}
proc sem_wait*(a1: ptr Sem): cint {.importc.}
proc sched_get_priority_max*(a1: cint): cint {.importc.}
proc sched_get_priority_min*(a1: cint): cint {.importc.}
proc sched_getparam*(a1: Pid, a2: var Sched_param): cint {.importc.}
proc sched_getscheduler*(a1: Pid): cint {.importc.}
proc sched_rr_get_interval*(a1: Pid, a2: var Timespec): cint {.importc.}
proc sched_setparam*(a1: Pid, a2: var Sched_param): cint {.importc.}
proc sched_setscheduler*(a1: Pid, a2: cint, a3: var Sched_param): cint {.importc.}
proc sched_yield*(): cint {.importc.}

{.pop.}

const refusedThread = "not supported yet: threads that C starts; use std/typedthreads"
proc pthread_create*(a1: ptr Pthread, a2: ptr Pthread_attr, a3: proc (x: pointer): pointer {.noconv.},
  a4: pointer): cint {.error: refusedThread.}
proc pthread_exit*(a1: pointer) {.error: refusedThread.}
proc pthread_cancel*(a1: Pthread): cint {.error: refusedThread.}
proc pthread_atfork*(a1, a2, a3: proc () {.noconv.}): cint {.error: refusedThread.}
proc pthread_cleanup_push*(a1: proc (x: pointer) {.noconv.}, a2: pointer) {.error: refusedThread.}
proc pthread_cleanup_pop*(a1: cint) {.error: refusedThread.}
proc pthread_key_create*(a1: ptr Pthread_key, a2: proc (x: pointer) {.noconv.}): cint {.importc, cdecl.}
proc pthread_once*(a1: ptr Pthread_once, a2: proc () {.noconv.}): cint {.importc, cdecl.}
