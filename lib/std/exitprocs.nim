## Procs that run when the program ends: by `quit`, or behind its last statement. Not when an exception ends it.

when not declared(exitList):
  # The list is the system module's, which in the real Nim has none.
  var exitList: tuple[procs: seq[proc () {.closure.}]]
  proc runExits() {.noconv.} =
    while exitList.procs.len > 0: exitList.procs.pop()()
  addQuitProc(runExits)

proc addExitProc*(cl: proc () {.closure.}) =
  ## Runs `cl` when the program ends, before those that were added earlier.
  exitList.procs.add cl

proc addExitProc*(cl: proc () {.noconv.}) =
  ## Runs `cl` when the program ends, before those that were added earlier.
  exitList.procs.add(proc () = cl())

proc getProgramResult*(): int =
  ## The status that the program ends with when nothing else is said.
  programResult

proc setProgramResult*(a: int) =
  ## Sets that status.
  programResult = a
