## What the machine has.

proc cSysconf(name: cint): clong {.importc: "sysconf", cdecl.}

proc countProcessors*(): int =
  ## How many processors are there; 0 when that is unknown.
  const online = when defined(macosx): 58 else: 84
  max(0, int(cSysconf(online)))
