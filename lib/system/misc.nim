# The program itself and its compiler; small templates.

const
  NimMajor* = 2 ## The version of the language.
  NimMinor* = 0
  NimPatch* = 0
  NimVersion* = "2.0.0"
  on* = true ## For switches: `{.checks: on.}`.
  off* = false
  QuitSuccess* = 0 ## The status of a program that did what it should.
  QuitFailure* = 1
  hostOS* = when defined(macosx): "macosx" elif defined(windows): "windows" else: "linux" ## The system that the program runs on.
  hostCPU* = when defined(arm64): "arm64" else: "amd64" ## The processor that the program runs on.
  cpuEndian* = littleEndian ## The order of bytes in memory.
  appType* = "console"
  nimvm* = false ## Is this being evaluated by the compiler?

proc locals*(): RootObj {.magic: "Locals".}
  ## The variables of the routine that can be seen here, as a tuple: a copy.

proc compileMoment(part: untyped): string {.magic: "CompileMoment".}
template CompileDate*: string = compileMoment(date) ## The day on which the compiler was started.
template CompileTime*: string = compileMoment(time) ## The time at which it was, in UTC.

var programResult* {.compilerproc.}: int
  ## The status that the program ends with when nothing else is said.

proc rawProc*[T: proc | iterator](x: T): pointer {.magic: "RawProc".}
  ## A closure's code.
proc rawEnv*[T: proc | iterator](x: T): pointer {.magic: "RawEnv".}
  ## A closure's environment.
proc finished*[T: iterator](x: T): bool {.magic: "Finished".}
  ## Has a closure iterator come to its end?

template closureScope*(body: untyped): untyped =
  ## Runs `body` as a proc of its own, so that closures in it capture variables of this run.
  (proc () = body)()

template once*(body: untyped): untyped =
  ## Runs `body` the first time only.
  var ran {.global.} = false
  if not ran:
    ran = true
    body

template rangeCheck*(cond: untyped) =
  ## Raises a RangeDefect unless `cond` holds.
  when compileOption("rangeChecks"):
    if not cond: raise (ref RangeDefect)(msg: "range check failed")

# Arrays of C strings

proc allocCStringArray*(a: openArray[string]): cstringArray =
  ## A copy of strings as C has them, with nil at the end.
  result = cast[cstringArray](alloc0((a.len + 1) * sizeof(cstring)))
  for i in 0 ..< a.len:
    let text = alloc0(a[i].len + 1)
    copyMem(text, dataPtr(a[i]), a[i].len)
    result[i] = cast[cstring](text)

proc deallocCStringArray*(a: cstringArray) =
  ## Gives back what `allocCStringArray` gave.
  var i = 0
  while not a[i].isNil:
    dealloc(cast[pointer](a[i]))
    inc i
  dealloc(cast[pointer](a))

proc cstringArrayToSeq*(a: cstringArray, len: Natural): seq[string] =
  ## Copies of the first `len` strings.
  for i in 0 ..< len: result.add($a[i])

proc cstringArrayToSeq*(a: cstringArray): seq[string] =
  ## Copies of the strings before the nil.
  var i = 0
  while not a[i].isNil:
    result.add($a[i])
    inc i

template currentSourcePath*: string =
  ## The full path of the file that this stands in.
  instantiationInfo(-1, true).filename

# Older names

type
  TaintedString* {.deprecated: "Deprecated since 1.5".} = string ## Text from outside.
  csize* {.deprecated: "use `csize_t` instead".} = int ## A size as it once was.

proc ze*(x: int8 or int16): int {.deprecated.} = cast[int](x) and (1 shl (sizeof(x) * 8)) - 1
  ## The bits of `x` as a number without a sign.
proc ze64*(x: int8 or int16 or int32): int64 {.deprecated.} = cast[int64](x) and (1'i64 shl (sizeof(x) * 8)) - 1
proc ze64*(x: int): int64 {.deprecated.} = x
proc toU8*(x: int): int8 {.deprecated.} = cast[int8](x)
  ## The low bits of `x`.
proc toU16*(x: int): int16 {.deprecated.} = cast[int16](x)
proc toU32*(x: int64): int32 {.deprecated.} = cast[int32](x)
