# Raising: what the compiler calls when a check fails, and the exception that is being handled.

var currException {.threadvar, compilerproc.}: ref Exception # the innermost one that an `except` branch handles

template newException*(exceptn: typedesc, message: string, parentException: ref Exception = nil): untyped =
  ## A new exception of a type.
  (ref exceptn)(msg: message, parent: parentException)

proc getCurrentException*(): ref Exception {.magic: "CurrentException".}
  ## The exception that is being handled, or nil.

proc getCurrentExceptionMsg*(): string {.sideEffect.} =
  ## The message of the exception that is being handled, or nothing.
  let e = getCurrentException()
  if not e.isNil: result = e.msg

proc setCurrentException*(e: ref Exception) =
  ## Makes `e` the exception that is being handled.
  currException = e

{.push stackTrace: off.}

proc getStackTrace*(): string =
  ## The calls that are running, the innermost last.
  result = "Traceback (most recent call last)\n"
  rtStackTrace(addr result)

proc getStackTrace*(e: ref Exception): string =
  ## The calls that were running when `e` was raised.
  if not e.isNil: result = e.trace

proc stackTraceAvailable*(): bool = true
  ## Can the running calls be named?

var
  globalRaiseHook*: proc (e: ref Exception): bool {.nimcall, gcsafe.}
    ## Sees each exception when it is raised, in any thread. Has to give true: what it keeps from being raised cannot go on.
  localRaiseHook* {.threadvar.}: proc (e: ref Exception): bool {.nimcall, gcsafe.}
    ## The same for the current thread, before the global one.
  outOfMemHook*: proc () {.nimcall, tags: [], gcsafe, raises: [].}
    ## Runs before `OutOfMemDefect` is raised.
  unhandledExceptionHook*: proc (e: ref Exception) {.nimcall, tags: [], gcsafe, raises: [].}
    ## Sees the exception that leaves the program.

proc callOutOfMemHook() =
  when nimvm: discard
  else:
    {.cast(noSideEffect).}:
      if not outOfMemHook.isNil: outOfMemHook()

proc refuseHook() {.noreturn.} =
  # The caller's code behind the `raise` is not made for being reached.
  globalRaiseHook = nil
  localRaiseHook = nil
  raise (ref Defect)(msg: "not supported yet: a raise hook that gives false")

proc prepareRaise(e: ref Exception) {.compilerproc.} =
  # Notes the type and the place where an exception is raised for the first time.
  if e.name.isNil: e.name = rtTypeName(cast[ptr pointer](e)[])
  if e.trace.len == 0: rtStackTrace(addr e.trace)
  when nimvm: discard # at compile time there are no hooks
  else:
    if not localRaiseHook.isNil and not localRaiseHook(e): refuseHook()
    if not globalRaiseHook.isNil and not globalRaiseHook(e): refuseHook()

proc raiseOverflow() {.compilerproc, noreturn.} =
  raise (ref OverflowDefect)(msg: "over- or underflow")

proc raiseDivByZero() {.compilerproc, noreturn.} =
  raise (ref DivByZeroDefect)(msg: "division by zero")

proc raiseFloatInvalidOp() {.compilerproc, noreturn.} =
  raise (ref FloatInvalidOpDefect)(msg: "FPU operation caused a NaN result")

proc raiseFloatOverflow(positive: bool) {.compilerproc, noreturn.} =
  if positive: raise (ref FloatOverflowDefect)(msg: "FPU operation caused an overflow")
  raise (ref FloatUnderflowDefect)(msg: "FPU operations caused an underflow")

proc raiseIndexError3(i, a, b: int) {.compilerproc, noreturn.} =
  if b < a: raise (ref IndexDefect)(msg: "index out of bounds, the container is empty")
  raise (ref IndexDefect)(msg: "index " & $i & " not in " & $a & " .. " & $b)

proc raiseIndexError2(i, n: int) {.compilerproc, noreturn.} =
  # `n` is the highest index.
  raiseIndexError3(i, 0, n)

proc raiseRange(value, lowest, highest: string) {.noreturn.} =
  raise (ref RangeDefect)(msg: "value out of range: " & value & " notin " & lowest & " .. " & highest)

proc raiseRangeErrorI(i, a, b: int) {.compilerproc, noreturn.} = raiseRange($i, $a, $b)
proc raiseRangeErrorU(i, a, b: uint64) {.compilerproc, noreturn.} = raiseRange($i, $a, $b)
proc raiseFloatRange(x, a, b: float) {.compilerproc, noreturn.} = raiseRange($x, $a, $b)
proc raiseRangeErrorF(x: float) {.compilerproc, noreturn.} =
  raise (ref RangeDefect)(msg: "value out of range: " & $x)

proc raiseNilAccess() {.compilerproc, noreturn.} =
  raise (ref NilAccessDefect)(msg: "Could not access value because it is nil.")

proc raiseFieldError2(field: string, value: int) {.compilerproc, noreturn.} =
  raise (ref FieldDefect)(msg: field & $value & "'") # as an ordinal, also that of an enum

proc raiseObjectConversionError() {.compilerproc, noreturn.} =
  raise (ref ObjectConversionDefect)(msg: "invalid object conversion")

proc raiseReraise() {.compilerproc, noreturn.} =
  raise (ref ReraiseDefect)(msg: "no exception to reraise")

type InterruptDefect = object of Defect # the host stops the program

proc raiseFromRuntime(what: int, text: pointer, len: int) {.compilerproc, noreturn.} =
  # What the runtime raises; it gives a text.
  var e: ref Exception
  case what
  of 0:
    callOutOfMemHook()
    e = (ref OutOfMemDefect)()
  of 1: e = (ref StackOverflowDefect)()
  of 2: e = (ref InterruptDefect)()
  of 3: e = (ref LibraryError)()
  of 4: e = (ref ReloadError)()
  else: e = (ref HostError)()
  appendBytes(e.msg, text, len)
  raise e

proc outOfMemory() {.noreturn.} =
  callOutOfMemHook()
  raise (ref OutOfMemDefect)(msg: "out of memory")

var
  onUnhandledException*: (proc (errorMsg: string) {.nimcall.})
    ## Takes the text of an exception that leaves the program, instead of `errorMessageWriter`.
  errorMessageWriter*: (proc (msg: string) {.tags: [WriteIOEffect], gcsafe, nimcall.})
    ## Takes what would be written to standard error: that text, and what `writeStackTrace` gives.
  unhandled {.compilerproc.}: ref Exception # that left the program, kept for `unhandledExceptionHook`

proc writeStackTrace*() =
  ## Writes the calls that are running to standard error.
  let text = getStackTrace()
  if not errorMessageWriter.isNil: errorMessageWriter(text)
  else: rtWrite(2'i32, dataPtr(text), text.len)

{.pop.}
