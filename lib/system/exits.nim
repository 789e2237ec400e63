# What runs when the program ends: by `quit`, or behind its last statement.

type ExitList = object
  procs*: seq[proc () {.closure.}]

proc run(exits: var ExitList) =
  # The last one first; each may add others.
  while exits.procs.len > 0: exits.procs.pop()()

proc `=destroy`(exits: var ExitList) =
  run(exits)
  `=destroy`(exits.procs)

var exitList*: ExitList # of `std/exitprocs` too

proc addQuitProc*(quitProc: proc () {.noconv.}) {.deprecated: "use exitprocs.addExitProc".} =
  ## Runs `quitProc` when the program ends, before those that were added earlier.
  exitList.procs.add(proc () = quitProc())

proc quit*(errorcode: int = QuitSuccess) {.noreturn, noSideEffect, tags: [], raises: [].} =
  ## Ends the program.
  run(exitList)
  rtFlush()
  rtQuit(cast[int32](errorcode))

proc quit*(errormsg: string, errorcode = QuitFailure) {.noreturn.} =
  ## Says something on standard error and ends the program.
  if errormsg.len > 0: writeLine(stderr, errormsg)
  quit(errorcode)
