## Replacing the program's modules while it runs.
##
## `performCodeReload()` puts in place what has changed on disk since the modules were loaded. Before that the blocks
## given to `beforeCodeReload` run, in the old code; after it those given to `afterCodeReload`, in the new. Variables
## keep their values. Compiled by a compiler that does not reload, nothing here does anything.

type ReloadReport* = object
  ## How a reload went.
  ok*: bool ## False when nothing was replaced although something has changed: `error` says why.
  error*: string ## What the compiler, a handler or an initialiser said.
  waiting*: bool ## Nothing was replaced because of code that is running, which `error` names; the next reload tries again.
  changed*: bool ## False when there was nothing to do.
  effective*: bool ## False when only comments and the like changed.
  modules*, joined*, left*: seq[string] ## Modules that changed, that came by an import, that nothing imports any more.
  recompiled*, removed*: seq[string] ## Procs with a new body, and procs that are gone.
  reused*: int ## How many procs of these modules kept their code.
  unreached*: seq[string] ## Edited procs that nothing calls.
  topLevelChanged*: seq[string] ## Modules with edited top-level statements, which do not run again.
  globalsNew*, globalsGone*, globalsMigrated*, globalsReinitialised*: seq[string]
  broughtInStep*: seq[string] ## Types on whose values `migrated` ran because its code changed.
  globalsKept*: int ## How many variables kept their values.
  initialisersChanged*: seq[string] ## Variables whose first value would be another one now.
  handlers*: seq[string] ## What ran, as `module: before handler`.
  oldFrames*, oldClosures*: seq[string] ## What still runs old code.
  warnings*: seq[string] ## Anything that could surprise.
  frontMs*, planMs*, compileMs*, beforeMs*, applyMs*, afterMs*, retireMs*, totalMs*: float ## Milliseconds of each phase.

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

  proc rtLastReload(len: ptr int): pointer {.magic: "RtLastReload".}

  proc lastReload*(): ReloadReport =
    ## How the last reload went that had something to do, whoever asked for it. In an *after* handler, the one before.
    result.ok = true
    var len = 0
    let records = cast[ptr UncheckedArray[char]](rtLastReload(addr len))
    var at = 0
    proc part(): string =
      while records[at] != '\0':
        result.add records[at]
        inc at
      inc at
    proc number(text: string): float =
      var scale = 0.0
      for c in text:
        if c == '.': scale = 1.0
        else:
          result = result * 10 + float(ord(c) - ord('0'))
          scale *= 10
      if scale > 0: result = result / scale
    while at < len:
      let name = part()
      let value = part()
      case name
      of "error":
        result.ok = false
        result.error = value
      of "waiting": result.waiting = value == "true"
      of "changed": result.changed = value == "true"
      of "effective": result.effective = value == "true"
      of "modules": result.modules.add value
      of "joined": result.joined.add value
      of "left": result.left.add value
      of "recompiled": result.recompiled.add value
      of "removed": result.removed.add value
      of "reused": result.reused = int(number(value))
      of "unreached": result.unreached.add value
      of "topLevelChanged": result.topLevelChanged.add value
      of "globalsNew": result.globalsNew.add value
      of "globalsGone": result.globalsGone.add value
      of "globalsMigrated": result.globalsMigrated.add value
      of "globalsReinitialised": result.globalsReinitialised.add value
      of "broughtInStep": result.broughtInStep.add value
      of "globalsKept": result.globalsKept = int(number(value))
      of "initialisersChanged": result.initialisersChanged.add value
      of "handlers": result.handlers.add value
      of "oldFrames": result.oldFrames.add value
      of "oldClosures": result.oldClosures.add value
      of "warnings": result.warnings.add value
      of "frontMs": result.frontMs = number(value)
      of "planMs": result.planMs = number(value)
      of "compileMs": result.compileMs = number(value)
      of "beforeMs": result.beforeMs = number(value)
      of "applyMs": result.applyMs = number(value)
      of "afterMs": result.afterMs = number(value)
      of "retireMs": result.retireMs = number(value)
      of "totalMs": result.totalMs = number(value)
      else: discard
else:
  proc lastReload*(): ReloadReport = ReloadReport(ok: true)
  template beforeCodeReload*(body: untyped) = discard
  template afterCodeReload*(body: untyped) = discard
  proc performCodeReload*() = discard
  proc hasAnyModuleChanged*(): bool = false
  template hasModuleChanged*(module: typed): bool = false
