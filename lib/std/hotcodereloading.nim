## Replacing the program's modules while it runs.
##
## `performCodeReload()` puts in place what has changed on disk since the modules were loaded. Before that the blocks
## given to `beforeCodeReload` run, in the old code; after it those given to `afterCodeReload`, in the new. Variables
## keep their values. Compiled by a compiler that does not reload, nothing here does anything.

when defined(midair):
  proc registerHandler(before: static bool, handler: proc () {.nimcall.}) {.magic: "HcrRegister".}

  template beforeCodeReload*(body: untyped) =
    ## Runs `body` before each reload. Stands at the top level of a module.
    registerHandler(true, proc () {.nimcall.} = body)

  template afterCodeReload*(body: untyped) =
    ## Runs `body` after each reload. Stands at the top level of a module.
    registerHandler(false, proc () {.nimcall.} = body)

  proc performCodeReload*() {.magic: "HcrPerform".}
    ## Reloads what has changed; when nothing has, nothing happens.

  proc hasAnyModuleChanged*(): bool {.magic: "HcrAnyChanged".}
    ## Does a source of the program differ from what is loaded?

  proc hasModuleChanged*(module: untyped): bool {.magic: "HcrModuleChanged".}
    ## In a handler: is this module part of the reload? Elsewhere: does its source differ from what is loaded?
else:
  template beforeCodeReload*(body: untyped) = discard
  template afterCodeReload*(body: untyped) = discard
  proc performCodeReload*() = discard
  proc hasAnyModuleChanged*(): bool = false
  template hasModuleChanged*(module: typed): bool = false
