## A clock that only goes forward: for measuring how long something took.

import times

type
  MonoTime* = object
    ## A moment of the clock; what it counts from is not said.
    ticks: int64

  Timespec {.bycopy.} = object
    seconds, nanoseconds: clong

proc cClockGettime(clock: cint, time: pointer): cint {.importc: "clock_gettime", cdecl.}

proc getMonoTime*(): MonoTime {.sideEffect, tags: [TimeEffect].} =
  ## The present moment.
  const monotonic = when defined(macosx): 6 else: 1
  var t: Timespec
  discard cClockGettime(cint(monotonic), addr t)
  MonoTime(ticks: int64(t.seconds) * 1_000_000_000 + int64(t.nanoseconds))

proc ticks*(t: MonoTime): int64 = t.ticks
  ## The moment in nanoseconds.

proc `$`*(t: MonoTime): string = $t.ticks

proc `-`*(a, b: MonoTime): Duration = initDuration(nanoseconds = a.ticks - b.ticks)
  ## The time between two moments.

proc `+`*(a: MonoTime, b: Duration): MonoTime = MonoTime(ticks: a.ticks + b.inNanoseconds)
proc `-`*(a: MonoTime, b: Duration): MonoTime = MonoTime(ticks: a.ticks - b.inNanoseconds)
proc `<`*(a, b: MonoTime): bool = a.ticks < b.ticks
proc `<=`*(a, b: MonoTime): bool = a.ticks <= b.ticks
proc `==`*(a, b: MonoTime): bool = a.ticks == b.ticks
proc high*(typ: typedesc[MonoTime]): MonoTime = MonoTime(ticks: high(int64))
proc low*(typ: typedesc[MonoTime]): MonoTime = MonoTime(ticks: low(int64))
