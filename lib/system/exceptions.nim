# Raising: what the compiler calls when a check fails, and the exception that is being handled.

var currException {.compilerproc.}: ref Exception # the innermost one that an `except` branch handles

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

proc getStackTrace*(): string =
  ## The calls that are running, the innermost last.
  rtStackTrace(addr result)

proc getStackTrace*(e: ref Exception): string =
  ## The calls that were running when `e` was raised.
  if not e.isNil: result = e.trace

proc stackTraceAvailable*(): bool = true
  ## Can the running calls be named?

proc typeNameOf(e: ref Exception): cstring =
  # Descriptors have the module before the name: the name is what follows the last dot before type arguments.
  let name = rtTypeName(cast[ptr pointer](e)[])
  var start = 0
  var i = 0
  while name[i] != '\0' and name[i] != '[':
    if name[i] == '.': start = i + 1
    i = i + 1
  cast[cstring](cast[int](name) +% start)

proc endsWith(s, ending: string, last: int): bool =
  # Does `ending` stand before `last`?
  let first = last - ending.len
  first >= 0 and equalMem(cast[pointer](cast[int](dataPtr(s)) + first), dataPtr(ending), ending.len)

proc ofRaising(trace: string, last: int): bool =
  # Is the line that ends before `last` one of a proc that only raises?
  const helpers = ["prepareRaise", "getStackTrace", "raiseOverflow", "raiseDivByZero", "raiseIndexError2", "raiseIndexError3",
    "raiseRange", "raiseRangeErrorI", "raiseRangeErrorU", "raiseRangeErrorF", "raiseFloatRange", "raiseNilAccess", "raiseFieldError2",
    "raiseObjectConversionError", "raiseReraise", "raiseAssert", "failedAssertImpl", "failedAssert", "expectedRaise",
    "raiseOutOfMem", "raiseStackOverflow", "raiseHostError", "outOfMemory"]
  var i = 0
  while i < helpers.len:
    if endsWith(trace, helpers[i], last) and trace[last - helpers[i].len - 1] == ' ': return true
    inc i

proc withoutHelpers(trace: string): string =
  # Takes away the headline and the last lines, which are of raising itself.
  var last = trace.len
  while last > 0 and ofRaising(trace, last - 1):
    dec last
    while last > 0 and trace[last - 1] != '\n': dec last
  var first = 0
  if endsWith(trace, "Traceback", min(9, last)):
    while first < last and trace[first] != '\n': inc first
    inc first
  substr(trace, first, last - 1)

proc prepareRaise(e: ref Exception) {.compilerproc.} =
  # Notes the type and the place where an exception is raised for the first time.
  if e.name.isNil: e.name = typeNameOf(e)
  if e.trace.len == 0:
    e.trace = withoutHelpers(getStackTrace())

proc raiseOverflow() {.compilerproc, noreturn.} =
  raise (ref OverflowDefect)(msg: "over- or underflow")

proc raiseDivByZero() {.compilerproc, noreturn.} =
  raise (ref DivByZeroDefect)(msg: "division by zero")

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

proc raiseFieldError2(field, value: string) {.compilerproc, noreturn.} =
  raise (ref FieldDefect)(msg: field & value & "'")

proc raiseObjectConversionError() {.compilerproc, noreturn.} =
  raise (ref ObjectConversionDefect)(msg: "invalid object conversion")

proc raiseReraise() {.compilerproc, noreturn.} =
  raise (ref ReraiseDefect)(msg: "no exception to reraise")

# What the runtime raises; it gives a text.

proc textOf(text: pointer, len: int): string = appendBytes(result, text, len)

proc raiseOutOfMem(text: pointer, len: int) {.compilerproc, noreturn.} =
  raise (ref OutOfMemDefect)(msg: textOf(text, len))

proc raiseStackOverflow(text: pointer, len: int) {.compilerproc, noreturn.} =
  raise (ref StackOverflowDefect)(msg: textOf(text, len))

type InterruptDefect = object of Defect # the host stops the program

proc raiseInterrupted(text: pointer, len: int) {.compilerproc, noreturn.} =
  raise (ref InterruptDefect)(msg: textOf(text, len))

proc raiseLibraryError(text: pointer, len: int) {.compilerproc, noreturn.} =
  raise (ref LibraryError)(msg: textOf(text, len))

proc raiseReloadError(text: pointer, len: int) {.compilerproc, noreturn.} =
  raise (ref ReloadError)(msg: textOf(text, len))

proc raiseHostError(text: pointer, len: int) {.compilerproc, noreturn.} =
  raise (ref HostError)(msg: textOf(text, len))

proc outOfMemory() {.noreturn.} = raise (ref OutOfMemDefect)(msg: "out of memory")

# Exceptions that nobody handles

var onUnhandledException*: (proc (errorMsg: string) {.nimcall.})
  ## Takes the text of an exception that leaves the program, instead of standard error.

proc describeException(e: ref Exception, target: var string) {.compilerproc.} =
  # Type, message and stack trace, with zeros between them, for hosts.
  target.add(if e.name.isNil: typeNameOf(e) else: e.name)
  target.add('\0')
  target.add(e.msg)
  target.add('\0')
  target.add(e.trace)

proc reportUnhandled(e: ref Exception) {.compilerproc.} =
  # Says on standard error what ends the program.
  var text = e.trace
  text.add("Error: unhandled exception: ")
  text.add(e.msg)
  text.add(" [")
  text.add(if e.name.isNil: typeNameOf(e) else: e.name)
  text.add("]\n")
  if onUnhandledException.isNil: rtWrite(2'i32, dataPtr(text), text.len)
  else: onUnhandledException(text)

proc writeStackTrace*() =
  ## Writes the calls that are running to standard error.
  let text = getStackTrace()
  rtWrite(2'i32, dataPtr(text), text.len)
