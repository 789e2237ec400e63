# A part of `posix`: signals. A handler runs between any two instructions of the thread that the signal finds, so it does
# well to do no more than to set a flag; `quit` in one ends the process at once.

type
  Sighandler* = proc (a: cint) {.noconv.} ## What a signal runs.
  Sig_atomic* = cint
  Timer* = pointer
  Sigset* {.bycopy.} = object
    ## A set of signals.
    abi: array[1024 div (8 * sizeof(culong)), culong]
  SigVal* {.bycopy.} = object
    sival_ptr*: pointer
  SigEvent* {.bycopy.} = object
    ## How to tell of something.
    sigev_value*: SigVal
    sigev_signo*, sigev_notify*: cint
    sigev_notify_function*: proc (x: SigVal) {.noconv.}
    sigev_notify_attributes*: ptr Pthread_attr
    rest: array[4, int]
  SigInfo* {.bycopy.} = object
    ## What a signal tells.
    si_signo*, si_errno*, si_code*: cint
    pad: cint
    si_pid*: Pid
    si_uid*: Uid
    si_status*: cint
    rest: array[25, cint]
  Sigaction* {.bycopy.} = object
    ## What is done about a signal.
    sa_handler*: Sighandler
    sa_mask*: Sigset
    sa_flags*: cint
    restorer: pointer
  Stack* {.bycopy.} = object
    ss_sp*: pointer
    ss_flags*: cint
    ss_size*: int
  SigStack* {.bycopy.} = object
    ss_onstack*: cint
    ss_sp*: pointer
  Itimerspec* {.bycopy.} = object
    it_interval*, it_value*: Timespec
  SigactionHandler = proc (x: cint, y: ptr SigInfo, z: pointer) {.noconv.}

template SIG_DFL*: Sighandler = cast[Sighandler](0) ## What the system does by itself.
template SIG_IGN*: Sighandler = cast[Sighandler](1) ## Nothing.
template SIG_ERR*: Sighandler = cast[Sighandler](-1) ## What `signal` gives when it cannot.
template SIG_HOLD*: Sighandler = cast[Sighandler](2)

# These share a field with others in C.
func si_addr*(info: SigInfo): pointer = cast[ptr pointer](unsafeAddr info.si_pid)[]
func si_band*(info: SigInfo): int = cast[ptr int](unsafeAddr info.si_pid)[]
func si_value*(info: SigInfo): SigVal = cast[ptr SigVal](unsafeAddr info.si_status)[]
func sa_sigaction*(action: Sigaction): SigactionHandler = cast[SigactionHandler](action.sa_handler)
func `sa_sigaction=`*(action: var Sigaction, handler: SigactionHandler) =
  action.sa_handler = cast[Sighandler](handler)

{.push cdecl.}

proc cSignal(a1: cint, a2: Sighandler) {.importc: "signal".}
proc sigaction*(a1: cint, a2: var Sigaction, a3: ptr Sigaction = nil): cint {.importc.}
proc sigaction*(a1: cint, a2, a3: var Sigaction): cint {.importc.}
proc bsd_signal*(a1: cint, a2: proc (x: pointer) {.noconv.}) {.importc: "signal".}
proc sigset*(a1: int, a2: proc (x: cint) {.noconv.}) {.importc.}
proc alarm*(a1: cint): cint {.importc.}
proc pause*(): cint {.importc.}
proc ualarm*(a1, a2: Useconds): Useconds {.importc.}
proc timer_create*(a1: ClockId, a2: var SigEvent, a3: var Timer): cint {.importc.}
proc timer_delete*(a1: Timer): cint {.importc.}
proc timer_gettime*(a1: Timer, a2: var Itimerspec): cint {.importc.}
proc timer_getoverrun*(a1: Timer): cint {.importc.}
proc timer_settime*(a1: Timer, a2: cint, a3: var Itimerspec, a4: var Itimerspec): cint {.importc.}
proc pthread_kill*(a1: Pthread, a2: cint): cint {.importc.}
proc pthread_sigmask*(a1: cint, a2, a3: var Sigset): cint {.importc.}
proc sigaddset*(a1: var Sigset, a2: cint): cint {.importc.}
proc sigaltstack*(a1, a2: var Stack): cint {.importc.}
proc sigdelset*(a1: var Sigset, a2: cint): cint {.importc.}
proc sigemptyset*(a1: var Sigset): cint {.importc.}
proc sigfillset*(a1: var Sigset): cint {.importc.}
proc sighold*(a1: cint): cint {.importc.}
proc sigignore*(a1: cint): cint {.importc.}
proc siginterrupt*(a1, a2: cint): cint {.importc.}
proc sigismember*(a1: var Sigset, a2: cint): cint {.importc.}
proc sigpause*(a1: cint): cint {.importc.}
proc sigpending*(a1: var Sigset): cint {.importc.}
proc sigprocmask*(a1: cint, a2, a3: var Sigset): cint {.importc.}
proc sigqueue*(a1: Pid, a2: cint, a3: SigVal): cint {.importc.}
proc sigrelse*(a1: cint): cint {.importc.}
proc sigsuspend*(a1: var Sigset): cint {.importc.}
proc sigtimedwait*(a1: var Sigset, a2: var SigInfo, a3: var Timespec): cint {.importc.}
proc sigwait*(a1: var Sigset, a2: var cint): cint {.importc.}
proc sigwaitinfo*(a1: var Sigset, a2: var SigInfo): cint {.importc.}

{.pop.}

var handlers: array[65, Sighandler]

proc arrived(number: cint) {.noconv.} =
  asSignal: handlers[number](number)

proc signal*(a1: cint, a2: Sighandler) =
  ## Has a signal run `a2`.
  if cast[uint](a2) <= 2 or a1 notin 1.cint .. 64.cint:
    cSignal(a1, a2)
  else:
    handlers[a1] = a2
    cSignal(a1, arrived)

template onSignal*(signals: varargs[cint], body: untyped) =
  ## Has `body` run when one of the signals comes, with its number as `sig`.
  for number in signals:
    signal(number, proc (arrived: cint) {.noconv.} =
      let sig {.inject.} = arrived
      body)
