## The environment: what who started the program set for it.

import std/[oserrors, private/outside]

type
  ReadEnvEffect* = object of ReadIOEffect ## Reads an environment variable.
  WriteEnvEffect* = object of WriteIOEffect ## Sets or removes one.

proc cGetenv(name: cstring): cstring {.importc: "getenv", cdecl.}
proc cSetenv(name, value: cstring, overwrite: cint): cint {.importc: "setenv", cdecl.}
proc cUnsetenv(name: cstring): cint {.importc: "unsetenv", cdecl.}

proc failed(info: string) = raiseOSError(osLastError(), info)

proc getEnv*(key: string, default = ""): string {.tags: [ReadEnvEffect].} =
  ## The value of an environment variable, or `default`.
  when nimvm:
    let (there, value) = variableOutside(key)
    result = if there: value else: default
  else:
    let value = cGetenv(cstring(key))
    result = if value == nil: default else: $value

proc existsEnv*(key: string): bool {.tags: [ReadEnvEffect].} =
  ## Is there such a variable?
  when nimvm: result = variableOutside(key).there
  else: result = cGetenv(cstring(key)) != nil

proc putEnv*(key, val: string) {.sideEffect, tags: [WriteEnvEffect].} =
  ## Sets an environment variable for this program and those that it starts.
  if cSetenv(cstring(key), cstring(val), 1) != 0: failed($(key, val))

proc delEnv*(key: string) {.sideEffect, tags: [WriteEnvEffect].} =
  ## Takes an environment variable away.
  if cUnsetenv(cstring(key)) != 0: failed(key)

proc cDlsym(handle: pointer, name: cstring): pointer {.importc: "dlsym", cdecl.}

iterator envPairs*(): tuple[key, value: string] {.tags: [ReadEnvEffect].} =
  ## The variables of the environment.
  let everywhere = cast[pointer](when defined(macosx): -2 else: 0)
  let found = cast[ptr ptr UncheckedArray[cstring]](cDlsym(everywhere, "environ"))
  if not found.isNil and not found[].isNil:
    var i = 0
    while not found[][i].isNil:
      let text = $found[][i]
      var at = 0
      while at < text.len and text[at] != '=': inc at
      if at > 0: yield (substr(text, 0, at - 1), substr(text, at + 1))
      inc i
