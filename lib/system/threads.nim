# Threads. What waits does so in `rtBlock`, where a reload may happen meanwhile.

proc rtStartThread(code, arg: pointer): int {.magic: "RtStartThread", sideEffect.}

const
  forThreads = 1'i32 # waits for another thread of the program
  forEndOfThread = 3'i32

type
  SysMutex = array[8, int64] # as large as any system's
  SysCond = array[8, int64]
  SysThread* = distinct culong ## What the system calls a thread.

proc cMutexLock(lock: pointer): cint {.importc: "pthread_mutex_lock", cdecl, noSideEffect.}
proc cMutexTryLock(lock: pointer): cint {.importc: "pthread_mutex_trylock", cdecl, noSideEffect.}
proc cCondWait(cond, lock: pointer): cint {.importc: "pthread_cond_wait", cdecl, noSideEffect.}
proc cThreadJoin(thread: SysThread, value: pointer): cint {.importc: "pthread_join", cdecl.}
proc cSetAffinity(thread: SysThread, size: csize_t, cpus: pointer): cint {.importc: "pthread_setaffinity_np", cdecl.}
proc cGetTid(): cint {.importc: "gettid", cdecl.}
proc cThreadIdOf(thread: pointer, id: ptr uint64): cint {.importc: "pthread_threadid_np", cdecl.}

proc lockMutex(lock: pointer) {.noSideEffect.} =
  if cMutexTryLock(lock) != 0:
    discard rtBlock(cast[pointer](cMutexLock), forThreads, cast[int](lock), 0, 0, 0)

proc waitCond(cond, lock: pointer) {.noSideEffect.} =
  discard rtBlock(cast[pointer](cCondWait), forThreads, cast[int](cond), cast[int](lock), 0, 0)

type
  Thread*[TArg] = object
    ## A thread that runs a proc with an argument of this type, or without one if it is `void`.
    sys: SysThread
    when TArg is void:
      dataFn: proc () {.nimcall, gcsafe.}
    else:
      dataFn: proc (m: TArg) {.nimcall, gcsafe.}
      data: TArg

proc `=copy`*[TArg](x: var Thread[TArg], y: Thread[TArg]) {.error.}

var threadDestructionHandlers {.threadvar.}: seq[proc () {.closure, gcsafe, raises: [].}]
var ownThreadId {.threadvar.}: int

proc onThreadDestruction*(handler: proc () {.closure, gcsafe, raises: [].}) =
  ## Has `handler` called when the current thread ends; the last one that was given first.
  threadDestructionHandlers.add handler

proc afterThreadRuns() =
  for i in countdown(threadDestructionHandlers.len - 1, 0):
    threadDestructionHandlers[i]()
  threadDestructionHandlers.setLen 0

{.push stackTrace: off.}
proc threadMain[TArg](arg: pointer) {.nimcall.} =
  # What comes out of it ends the process.
  let thread = cast[ptr Thread[TArg]](arg)
  try:
    when TArg is void: thread.dataFn()
    else: thread.dataFn(thread.data)
  finally:
    afterThreadRuns()
  thread.dataFn = nil
{.pop.}

proc start(thread: var SysThread, code, arg: pointer) =
  thread = SysThread(rtStartThread(code, arg))
  if culong(thread) == 0: raise newException(ResourceExhaustedError, "cannot create thread")

proc createThread*[TArg](t: var Thread[TArg], tp: proc (arg: TArg) {.thread, nimcall.}, param: TArg) =
  ## Starts a thread that calls `tp` with `param`.
  when TArg isnot void: t.data = param
  t.dataFn = tp
  start(t.sys, cast[pointer](threadMain[TArg]), addr t)

proc createThread*(t: var Thread[void], tp: proc () {.thread, nimcall.}) =
  ## Starts a thread that calls `tp`.
  t.dataFn = tp
  start(t.sys, cast[pointer](threadMain[void]), addr t)

proc running*[TArg](t: Thread[TArg]): bool {.inline.} =
  ## Has it been started, and not ended?
  t.dataFn != nil

proc handle*[TArg](t: Thread[TArg]): SysThread {.inline.} =
  ## What the system calls it.
  t.sys

proc join(thread: SysThread) =
  discard rtBlock(cast[pointer](cThreadJoin), forEndOfThread, int(thread), 0, 0, 0)

proc joinThread*[TArg](t: Thread[TArg]) {.inline.} =
  ## Waits until it has ended.
  join(t.sys)

proc joinThreads*[TArg](t: varargs[Thread[TArg]]) =
  ## Waits until all have ended.
  for i in 0 .. t.high: join(t[i].sys)

proc pinToCpu*[Arg](t: var Thread[Arg], cpu: Natural) =
  ## Has it run on this processor alone, where the system does that.
  when not defined(macosx):
    var cpus: array[128, uint8]
    if cpu < 8 * cpus.len: cpus[cpu div 8] = 1'u8 shl (cpu mod 8)
    discard cSetAffinity(t.sys, csize_t(sizeof(cpus)), addr cpus)

proc getThreadId*(): int =
  ## The system's number of the current thread.
  if ownThreadId == 0:
    when defined(macosx):
      var id: uint64
      discard cThreadIdOf(nil, addr id)
      ownThreadId = int(id)
    else:
      ownThreadId = int(cGetTid())
  ownThreadId

proc setupForeignThreadGc*() = discard
  ## Threads that C starts need nothing.
proc tearDownForeignThreadGc*() = discard
