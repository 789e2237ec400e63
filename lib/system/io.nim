# Output, input and files. Files are those of C; what goes to standard output and error takes the runtime's way, so that the
# order stays.

type
  CFile {.incompleteStruct.} = object
  File* = ptr CFile ## An open file.
  FileHandle* = cint ## The system's number of an open file.
  FileMode* = enum
    ## What a file is opened for.
    fmRead, ## Reading.
    fmWrite, ## Writing; what was in it is lost.
    fmReadWrite, ## Both; what was in it is lost.
    fmReadWriteExisting, ## Both, in a file that exists.
    fmAppend ## Writing at the end.
  FileSeekPos* = enum
    ## What a position in a file is counted from.
    fspSet, ## The beginning.
    fspCur, ## Where it is.
    fspEnd ## The end.

proc cDlsym(library: pointer, name: cstring): pointer {.importc: "dlsym", cdecl.}
proc cFopen(path, mode: cstring): File {.importc: "fopen", cdecl, sideEffect.}
proc cFdopen(handle: cint, mode: cstring): File {.importc: "fdopen", cdecl, sideEffect.}
proc cFreopen(path, mode: cstring, f: File): File {.importc: "freopen", cdecl, sideEffect.}
proc cFclose(f: File): cint {.importc: "fclose", cdecl, sideEffect.}
proc cFread(buffer: pointer, size, n: csize_t, f: File): csize_t {.importc: "fread", cdecl, sideEffect.}
proc cFwrite(buffer: pointer, size, n: csize_t, f: File): csize_t {.importc: "fwrite", cdecl, sideEffect.}
proc cFflush(f: File): cint {.importc: "fflush", cdecl, sideEffect.}
proc cFgetc(f: File): cint {.importc: "fgetc", cdecl, sideEffect.}
proc cUngetc(c: cint, f: File): cint {.importc: "ungetc", cdecl, sideEffect.}
proc cFeof(f: File): cint {.importc: "feof", cdecl, sideEffect.}
proc cFerror(f: File): cint {.importc: "ferror", cdecl, sideEffect.}
proc cClearerr(f: File) {.importc: "clearerr", cdecl, sideEffect.}
proc cFseek(f: File, offset: clong, whence: cint): cint {.importc: "fseek", cdecl, sideEffect.}
proc cFtell(f: File): clong {.importc: "ftell", cdecl, sideEffect.}
proc cFcntl(handle, command: cint): cint {.importc: "fcntl", varargs, sideEffect.}
proc cFileno(f: File): cint {.importc: "fileno", cdecl, sideEffect.}
proc cSetvbuf(f: File, buffer: pointer, mode: cint, size: csize_t): cint {.importc: "setvbuf", cdecl, sideEffect.}
proc cGetline(line, size: pointer, f: File): int {.importc: "getline", cdecl, sideEffect.}
proc cFree(p: pointer) {.importc: "free", cdecl.}

proc cStream(name: cstring): File =
  # C's variable of this name, found among the process's symbols.
  when defined(macosx): cast[ptr File](cDlsym(cast[pointer](-2), name))[]
  else: cast[ptr File](cDlsym(nil, name))[]

let
  stdin* = cStream(when defined(macosx): "__stdinp" else: "stdin") ## Standard input.
  stdout* = cStream(when defined(macosx): "__stdoutp" else: "stdout") ## Standard output.
  stderr* = cStream(when defined(macosx): "__stderrp" else: "stderr") ## Standard error.

template stdmsg*: File = stderr
  ## Where messages go.

proc raiseIOError(msg: string) {.noreturn.} = raise (ref IOError)(msg: msg)
proc raiseEOF() {.noreturn.} = raise (ref EOFError)(msg: "EOF reached")

# Writing

proc writeBytes(f: File, data: pointer, n: int): int =
  if n <= 0: return 0
  if f == stdout: rtWrite(1'i32, data, n)
  elif f == stderr: rtWrite(2'i32, data, n)
  else: return int(cFwrite(data, 1, csize_t(n), f))
  n

proc writeAll(f: File, data: pointer, n: int) =
  if f.isNil: raiseIOError("file is not open")
  if writeBytes(f, data, n) != n: raiseIOError("cannot write to file")

proc write*(f: File, s: string) {.tags: [WriteIOEffect].} = writeAll(f, dataPtr(s), s.len)
  ## Writes text.
proc write*(f: File, s: cstring) {.tags: [WriteIOEffect].} = writeAll(f, cast[pointer](s), s.len)
proc write*(f: File, c: char) {.tags: [WriteIOEffect].} =
  var c = c
  writeAll(f, addr c, 1)
proc write*(f: File, i: int) {.tags: [WriteIOEffect].} = write(f, $i)
proc write*(f: File, i: BiggestInt) {.tags: [WriteIOEffect].} = write(f, $i)
proc write*(f: File, x: float32) {.tags: [WriteIOEffect].} = write(f, $x)
proc write*(f: File, x: float) {.tags: [WriteIOEffect].} = write(f, $x)
proc write*(f: File, b: bool) {.tags: [WriteIOEffect].} = write(f, $b)

proc joined(parts: openArray[string], ending: string): string =
  var n = ending.len
  for i in 0 ..< parts.len: n = n + parts[i].len
  result = newStringOfCap(n)
  for i in 0 ..< parts.len: result.add(parts[i])
  result.add(ending)

proc write*(f: File, parts: varargs[string, `$`]) {.tags: [WriteIOEffect].} = write(f, joined(parts, ""))
  ## Writes values, one after the other.
proc writeLine*(f: File, parts: varargs[string, `$`]) {.tags: [WriteIOEffect].} = write(f, joined(parts, "\n"))
  ## Writes values, one after the other, and ends the line.
template `&=`*(f: File, x: typed) = write(f, x)

proc echo*(x: varargs[typed, `$`]) {.sideEffect, tags: [].} =
  ## Writes values to standard output, one after the other, and ends the line.
  rtEcho(dataPtr(x), x.len)

proc debugEcho*(x: varargs[typed, `$`]) {.noSideEffect, tags: [], raises: [].} =
  ## As `echo`, also where side effects are not allowed.
  rtEcho(dataPtr(x), x.len)

proc flushFile*(f: File) {.tags: [WriteIOEffect].} =
  ## Writes what is still in memory.
  if f == stdout: rtFlush()
  elif f != stderr: discard cFflush(f)

proc writeBuffer*(f: File, buffer: pointer, len: Natural): int {.tags: [WriteIOEffect].} = writeBytes(f, buffer, len)
  ## Writes bytes; gives how many were written.

proc writeChars*(f: File, a: openArray[char], start, len: Natural): int =
  writeBytes(f, cast[pointer](cast[int](dataPtr(a)) + start), min(len, a.len - start))

proc writeBytes*(f: File, a: openArray[uint8], start, len: Natural): int {.tags: [WriteIOEffect].} =
  writeBytes(f, cast[pointer](cast[int](dataPtr(a)) + start), min(len, a.len - start))

# Opening and closing

proc modeText(mode: FileMode): cstring =
  case mode
  of fmRead: "rb"
  of fmWrite: "wb"
  of fmReadWrite: "w+b"
  of fmReadWriteExisting: "r+b"
  of fmAppend: "ab"

proc open*(f: var File, filename: string, mode: FileMode = fmRead, bufSize: int = -1): bool =
  ## Opens a file; false when that is not possible.
  let opened = cFopen(cstring(filename), modeText(mode))
  if opened.isNil: return false
  # A directory can be opened, and not be read.
  if mode in {fmRead, fmReadWriteExisting} and cFread(nil, 1, 0, opened) == 0 and cFgetc(opened) == -1 and cFerror(opened) != 0:
    discard cFclose(opened)
    return false
  if mode in {fmRead, fmReadWriteExisting}:
    discard cFseek(opened, 0, 0)
    cClearerr(opened)
  if bufSize == 0: discard cSetvbuf(opened, nil, 2, 0)
  elif bufSize > 0: discard cSetvbuf(opened, nil, 0, csize_t(bufSize))
  f = opened
  true

proc open*(f: var File, filehandle: FileHandle, mode: FileMode = fmRead): bool =
  f = cFdopen(filehandle, modeText(mode))
  not f.isNil

proc open*(filename: string, mode: FileMode = fmRead, bufSize: int = -1): File =
  ## Opens a file, or raises an IOError.
  if not open(result, filename, mode, bufSize): raiseIOError("cannot open: " & filename)

proc reopen*(f: File, filename: string, mode: FileMode = fmRead): bool =
  ## Lets an open file be another one.
  not cFreopen(cstring(filename), modeText(mode), f).isNil

proc close*(f: File) =
  ## Closes a file; nothing for nil.
  if not f.isNil: discard cFclose(f)

proc getFileHandle*(f: File): FileHandle = cFileno(f)
proc setInheritable*(f: FileHandle, inheritable: bool): bool =
  ## Do programs that this one starts have it too?
  const
    getFlags = 1.cint
    setFlags = 2.cint
    closeOnExec = 1.cint
  let flags = cFcntl(f, getFlags, 0)
  flags != -1 and cFcntl(f, setFlags, if inheritable: flags and not closeOnExec else: flags or closeOnExec) != -1

proc getOsFileHandle*(f: File): FileHandle = cFileno(f)

proc setFilePos*(f: File, pos: int64, relativeTo: FileSeekPos = fspSet) =
  ## Goes to a place in a file.
  if cFseek(f, clong(pos), cint(ord(relativeTo))) != 0: raiseIOError("cannot set file position")

proc getFilePos*(f: File): int64 =
  ## Where reading or writing goes on.
  result = int64(cFtell(f))
  if result < 0: raiseIOError("cannot retrieve file position")

proc getFileSize*(f: File): int64 =
  ## How many bytes there are in a file.
  let here = getFilePos(f)
  setFilePos(f, 0, fspEnd)
  result = getFilePos(f)
  setFilePos(f, here)

proc setStdIoUnbuffered*() =
  ## Lets standard output and error be written at once.
  discard cSetvbuf(stdout, nil, 2, 0)
  discard cSetvbuf(stderr, nil, 2, 0)
