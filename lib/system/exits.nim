# What runs when a part of the top level ends, or the program: by `quit`, or behind its last statement.

var left: proc () {.closure.} # gives up the youngest temporary of the top level that is left, and is then what gives up the one before

proc keepTemporary(value: pointer) {.compilerproc.} =
  # A reference to an object of any type.
  let older = left
  var kept = cast[ref RootObj](value)
  left = proc () =
    left = older
    kept = nil

proc dropTemporaries() {.compilerproc.} =
  while not left.isNil:
    let youngest = left
    youngest()

type ExitList = object
  last: proc () {.closure.} # puts the one that was added before in its place, and runs what was added last

proc run(exits: var ExitList) =
  # The last one first; each may add others.
  while not exits.last.isNil:
    let last = exits.last
    last()

proc `=destroy`(exits: var ExitList) =
  run(exits)
  `=destroy`(exits.last)

var exitList: ExitList # a chain rather than a seq: every program has it, and few use it

proc addToExits*(p: proc () {.closure.}) =
  # For `std/exitprocs`.
  let before = exitList.last
  exitList.last = proc () =
    exitList.last = before
    p()

proc addQuitProc*(quitProc: proc () {.noconv.}) {.deprecated: "use exitprocs.addExitProc".} =
  ## Runs `quitProc` when the program ends, before those that were added earlier.
  addToExits(proc () = quitProc())

# Signals

var signalDepth {.threadvar.}: int # how many handlers of signals this thread is in
var controlC: proc () {.noconv.}

proc cSignal(number: cint, handler: proc (number: cint) {.noconv.}) {.importc: "signal", cdecl.}
proc cExit(status: cint) {.importc: "_exit", cdecl.}

template asSignal*(body: untyped) =
  # For `std/posix`.
  inc signalDepth
  body
  dec signalDepth

proc interrupted(number: cint) {.noconv.} =
  asSignal: controlC()

proc setControlCHook*(hook: proc () {.noconv.}) =
  ## Has `hook` run when the user presses Ctrl-C, between any two instructions of the program.
  controlC = hook
  cSignal(2, interrupted)

proc unsetControlCHook*() =
  ## Has Ctrl-C end the program again.
  cSignal(2, cast[proc (number: cint) {.noconv.}](0))

proc quit*(errorcode: int = QuitSuccess) {.noreturn, noSideEffect, tags: [], raises: [].} =
  ## Ends the program.
  run(exitList)
  rtFlush()
  if signalDepth > 0: cExit(cast[cint](errorcode)) # what the signal has interrupted would go on, and not look
  rtQuit(cast[int32](errorcode))

proc quit*(errormsg: string, errorcode = QuitFailure) {.noreturn.} =
  ## Says something on standard error and ends the program.
  if errormsg.len > 0: writeLine(stderr, errormsg)
  quit(errorcode)
