## Procs that run when the program ends: by `quit`, or behind its last statement. Not when an exception ends it.

type
  Exit = object
    closure: proc () {.closure.}
    plain: proc () {.noconv.}
  Exits = object
    list: seq[Exit]

proc run(exits: var Exits) =
  # The last one first; each may add others.
  while exits.list.len > 0:
    let last = exits.list.pop()
    if not last.closure.isNil: last.closure()
    elif not last.plain.isNil: last.plain()

proc `=destroy`(exits: var Exits) =
  run(exits)
  `=destroy`(exits.list)

var exits: Exits

proc atQuit() {.nimcall.} = run(exits)

proc addExitProc*(cl: proc () {.closure.}) =
  ## Runs `cl` when the program ends, before those that were added earlier.
  when declared(exitHook): exitHook = atQuit
  exits.list.add Exit(closure: cl)

proc addExitProc*(cl: proc () {.noconv.}) =
  ## Runs `cl` when the program ends, before those that were added earlier.
  when declared(exitHook): exitHook = atQuit
  exits.list.add Exit(plain: cl)

proc getProgramResult*(): int =
  ## The status that the program ends with when nothing else is said.
  programResult

proc setProgramResult*(a: int) =
  ## Sets that status.
  programResult = a
