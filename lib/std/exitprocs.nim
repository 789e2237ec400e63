## Procs that run when the program ends: by `quit`, or behind its last statement. Not when an exception ends it.

when not declared(addToExits):
  # The list is the system module's, which in the real Nim has none.
  var exits: seq[proc () {.closure.}]
  proc runExits() {.noconv.} =
    while exits.len > 0: exits.pop()()
  addQuitProc(runExits)
  proc addToExits(p: proc () {.closure.}) = exits.add p

proc addExitProc*(cl: proc () {.closure.}) =
  ## Runs `cl` when the program ends, before those that were added earlier.
  addToExits(cl)

proc addExitProc*(cl: proc () {.noconv.}) =
  ## Runs `cl` when the program ends, before those that were added earlier.
  addToExits(proc () = cl())

proc getProgramResult*(): int =
  ## The status that the program ends with when nothing else is said.
  programResult

proc setProgramResult*(a: int) =
  ## Sets that status.
  programResult = a
