## Files, directories, paths, the environment and the program's arguments.
##
## Everything goes to the C library; what it refuses is an OSError with the system's text. Paths are those of POSIX.

import std/[cmdline, envvars, oserrors, times, private/blocking, private/outside, private/pathparts]
export cmdline, envvars, oserrors

type
  ReadDirEffect* = object of ReadIOEffect ## Looks at what a directory holds.
  WriteDirEffect* = object of WriteIOEffect ## Changes it.
  PathComponent* = enum
    ## What `walkDir` found.
    pcFile, ## A file.
    pcLinkToFile, ## A symbolic link to a file.
    pcDir, ## A directory.
    pcLinkToDir ## A symbolic link to a directory.

const
  DirSep* = '/'
  AltSep* = '/'
  PathSep* = ':' ## Separates paths in lists such as PATH.
  ExtSep* = '.'
  CurDir* = '.'
  ParDir* = ".."
  FileSystemCaseSensitive* = not defined(macosx)
  ExeExt* = "" ## The extension of programs.
  ScriptExt* = ""
  ExeExts* = [""] ## What programs may end with.
  doslikeFileSystem* = false ## Are paths as on DOS?
  DynlibFormat* = when defined(macosx): "lib$1.dylib" else: "lib$1.so"

type
  Timespec {.bycopy.} = object
    seconds, nanoseconds: clong
  DirEntry {.bycopy.} = object
    # The beginning of C's `dirent`; the name goes on behind it.
    when defined(macosx):
      ino, seek: uint64
      reclen, namlen: uint16
    else:
      ino: uint64
      offset: int64
      reclen: uint16
    kind: uint8
    name: array[256, char]

proc cNanosleep(wanted, rest: pointer): cint {.importc: "nanosleep", cdecl.}
proc cAccess(path: cstring, mode: cint): cint {.importc: "access", cdecl.}
proc cOpendir(path: cstring): pointer {.importc: "opendir", cdecl.}
proc cReaddir(dir: pointer): ptr DirEntry {.importc: "readdir", cdecl.}
proc cClosedir(dir: pointer): cint {.importc: "closedir", cdecl.}
proc cReadlink(path: cstring, buf: pointer, size: csize_t): int {.importc: "readlink", cdecl.}
proc cRealpath(path: cstring, buf: pointer): pointer {.importc: "realpath", cdecl.}
proc cGetcwd(buf: pointer, size: csize_t): pointer {.importc: "getcwd", cdecl.}
proc cChdir(path: cstring): cint {.importc: "chdir", cdecl.}
proc cMkdir(path: cstring, mode: cint): cint {.importc: "mkdir", cdecl.}
proc cRmdir(path: cstring): cint {.importc: "rmdir", cdecl.}
proc cUnlink(path: cstring): cint {.importc: "unlink", cdecl.}
proc cRename(old, new: cstring): cint {.importc: "rename", cdecl.}
proc cFopen(path, mode: cstring): pointer {.importc: "fopen", cdecl.}
proc cFclose(f: pointer): cint {.importc: "fclose", cdecl.}
proc cFseek(f: pointer, offset: clong, whence: cint): cint {.importc: "fseek", cdecl.}
proc cFtell(f: pointer): clong {.importc: "ftell", cdecl.}
proc cFread(buf: pointer, size, n: csize_t, f: pointer): csize_t {.importc: "fread", cdecl.}
proc cFwrite(buf: pointer, size, n: csize_t, f: pointer): csize_t {.importc: "fwrite", cdecl.}
proc cSystem(command: cstring): cint {.importc: "system", cdecl.}
proc cGetpid(): cint {.importc: "getpid", cdecl.}

proc failed(info: string) = raiseOSError(osLastError(), info)

# Time and other programs

proc sleep*(milsecs: int) {.sideEffect, tags: [TimeEffect].} =
  ## Waits for so many milliseconds.
  var wanted = Timespec(seconds: clong(milsecs div 1000), nanoseconds: clong((milsecs mod 1000) * 1_000_000))
  discard callBlocking(cast[pointer](cNanosleep), cast[int](addr wanted))

proc execShellCmd*(command: string): int {.tags: [ExecIOEffect].} =
  ## Runs a command of the shell and gives its exit status.
  let status = int(cSystem(cstring(command)))
  if (status and 127) == 0: (status shr 8) and 255
  else: 128 + (status and 127)

proc getCurrentProcessId*(): int = int(cGetpid())

# Paths

proc isSep(c: char): bool = c == DirSep

proc isAbsolute*(path: string): bool =
  ## Does the path begin at the root?
  path.len > 0 and path[0] == '/'

proc parentSep(path: string): int =
  # Where the last separator stands that something follows; -1 when none does.
  for i in countdown(path.len - (if path.len > 0 and isSep(path[^1]): 2 else: 1), 0):
    if isSep(path[i]): return i
  -1

proc isRootDir*(path: string): bool = parentSep(path) < 0

proc normalizePathEnd*(path: var string, trailingSep = false) =
  ## Takes separators and `/.` off the end, or leaves exactly one separator.
  if path.len == 0: return
  var n = path.len
  while n > 0 and (isSep(path[n - 1]) or path[n - 1] == '.' and n > 1 and isSep(path[n - 2])): dec n
  path.setLen(n)
  if trailingSep or n == 0: path.add(DirSep)

proc normalizePathEnd*(path: string, trailingSep = false): string =
  result = path
  normalizePathEnd(result, trailingSep)

proc normalizedPath*(path: string): string =
  ## The path without `.`, double separators, and `..` where it can be resolved by name.
  var state = 0
  addNormalizePath(path, result, state)

proc normalizePath*(path: var string) = path = normalizedPath(path)

proc join(path: var string, state: var int, part: string) =
  let trailing = if part.len > 0: isSep(part[^1]) else: path.len > 0 and isSep(path[^1])
  normalizePathEnd(path, false)
  addNormalizePath(part, path, state)
  normalizePathEnd(path, trailing)

proc joinPath*(parts: varargs[string]): string =
  ## All with one separator between, and `.`, `..` resolved.
  var state = 0
  for part in parts: join(result, state, part)

proc joinPath*(head, tail: string): string = joinPath([head, tail])
  ## Both with one separator between, and `.`, `..` resolved.

proc `/`*(head, tail: string): string =
  ## As `joinPath`.
  joinPath(head, tail)

proc lastSep(path: string): int =
  result = -1
  for i in countdown(path.len - 1, 0):
    if isSep(path[i]): return i

proc splitPath*(path: string): tuple[head, tail: string] =
  ## What is before and after the last separator.
  let at = lastSep(path)
  if at < 0: return (head: "", tail: path)
  (head: substr(path, 0, max(at - 1, 0)), tail: substr(path, at + 1))

proc searchExtPos*(path: string): int =
  ## Where the extension's dot stands, or -1. Dots that begin a name begin no extension.
  result = -1
  for i in countdown(path.high, 0):
    if isSep(path[i]): return -1
    if path[i] != ExtSep and result >= 0: return
    if path[i] == ExtSep and result < 0: result = i
  result = -1

proc splitFile*(path: string): tuple[dir, name, ext: string] =
  ## Directory, name and extension with its dot.
  let at = lastSep(path)
  let file = substr(path, at + 1)
  # The last dot with something else behind it, and anything before it.
  var dot = file.len - 2
  while dot > 0 and not (file[dot] == ExtSep and file[dot + 1] != ExtSep): dec dot
  var dir = ""
  if at == 0: dir = "/"
  elif at > 0: dir = substr(path, 0, at - 1)
  if dot > 0: (dir: dir, name: substr(file, 0, dot - 1), ext: substr(file, dot))
  else: (dir: dir, name: file, ext: "")

proc extractFilename*(path: string): string =
  ## What follows the last separator.
  substr(path, lastSep(path) + 1)

proc lastPathPart*(path: string): string =
  ## As `extractFilename`, separators at the end not counted.
  extractFilename(normalizePathEnd(path))

proc parentDir*(path: string): string =
  ## The directory that `path` is in; empty when there is none by name.
  let clean = normalizedPath(path)
  if clean.len == 0 or clean == "/" or clean == "." or clean == "..": return ""
  let at = lastSep(clean)
  if at < 0: "."
  elif at == 0: "/"
  else: substr(clean, 0, at - 1)

proc tailDir*(path: string): string =
  ## What follows the first separator.
  for i in 0 ..< path.len:
    if isSep(path[i]):
      var next = i
      while next < path.len and isSep(path[next]): inc next
      return substr(path, next)
  ""

proc `/../`*(head, tail: string): string =
  ## `tail` in the parent directory of `head`.
  let sep = parentSep(head)
  if sep >= 0: substr(head, 0, sep - 1) / tail else: head / tail

iterator parentDirs*(path: string, fromRoot = false, inclusive = true): string =
  ## The path, when `inclusive` is set, and the directories that it is in, from the inside out or the other way round.
  if fromRoot:
    for i in 0 .. path.len - 2:
      if isSep(path[i]) and (i == 0 or not isSep(path[i - 1])): yield substr(path, 0, i)
    if inclusive: yield path
  else:
    var at = path
    if inclusive: yield at
    while not isRootDir(at):
      at = parentDir(at)
      yield at

proc changeFileExt*(filename, ext: string): string =
  ## The file name with another extension, given with its dot or without; an empty one takes it off.
  let dot = searchExtPos(filename)
  result = if dot < 0: filename else: substr(filename, 0, dot - 1)
  if ext.len > 0:
    if ext[0] != ExtSep: result.add(ExtSep)
    result.add(ext)

proc addFileExt*(filename, ext: string): string =
  ## The file name with the extension if it has none.
  if searchExtPos(filename) < 0: changeFileExt(filename, ext) else: filename

proc cmpPaths*(a, b: string): int = cmp(normalizedPath(a), normalizedPath(b))
  ## Compares two paths, however they are written.

proc unixToNativePath*(path: string, drive = ""): string = path

# Files and directories

proc dirExists*(dir: string): bool {.tags: [ReadDirEffect].} =
  ## Is there such a directory? Links are followed.
  if dir.len == 0: return false
  when nimvm: return standingOutside(dir) in {directory, linkToDirectory}
  else: discard
  let d = cOpendir(cstring(dir))
  if d != nil:
    discard cClosedir(d)
    return true
  # One that may not be read is a directory all the same: only in a directory is there a `.`.
  cAccess(cstring(dir), 0) == 0 and cAccess(cstring(dir & "/."), 0) == 0

proc fileExists*(filename: string): bool {.tags: [ReadDirEffect].} =
  ## Is there such a file, not a directory? Links are followed.
  when nimvm: result = standingOutside(filename) in {file, linkToFile}
  else: result = filename.len > 0 and cAccess(cstring(filename), 0) == 0 and not dirExists(filename)

proc symlinkExists*(link: string): bool =
  ## Is there such a symbolic link, even to nothing?
  var buf: array[8, char]
  cReadlink(cstring(link), addr buf, csize_t(sizeof(buf))) >= 0

proc expandSymlink*(symlinkPath: string): string =
  ## What a symbolic link points to.
  var buf: array[4096, char]
  let n = cReadlink(cstring(symlinkPath), addr buf, csize_t(sizeof(buf)))
  if n < 0: failed(symlinkPath)
  result = newString(n)
  for i in 0 ..< n: result[i] = buf[i]

proc getCurrentDir*(): string {.sideEffect, tags: [].} =
  ## The directory that relative paths begin at.
  var buf: array[4096, char]
  if cGetcwd(addr buf, csize_t(sizeof(buf))) == nil: failed("")
  $cast[cstring](addr buf)

proc setCurrentDir*(newDir: string) {.sideEffect, tags: [].} =
  ## Makes relative paths begin at `newDir`.
  if cChdir(cstring(newDir)) != 0: failed(newDir)

proc absolutePath*(path: string, root = getCurrentDir()): string =
  ## The path from the root of the file system.
  if isAbsolute(path): return path
  if not isAbsolute(root): raise newException(ValueError, "The specified root is not absolute: " & root)
  joinPath(root, path)

proc expandFilename*(filename: string): string =
  ## The absolute path of an existing file, without links.
  var buf: array[4096, char]
  if cRealpath(cstring(filename), addr buf) == nil: failed(filename)
  $cast[cstring](addr buf)

proc relativePath*(path, base: string, sep = DirSep): string =
  ## The way from `base` to `path`.
  if path.len == 0: return ""
  var p = normalizedPath(path)
  var b = if base == ".": "" else: normalizedPath(base)
  if isAbsolute(p) and not isAbsolute(b): b = normalizedPath(getCurrentDir() / b)
  elif isAbsolute(b) and not isAbsolute(p): p = normalizedPath(getCurrentDir() / p)
  var same = 0
  var i = 0
  while i < p.len and i < b.len and p[i] == b[i]:
    inc i
    if (i == p.len or isSep(p[i])) and (i == b.len or isSep(b[i])): same = i
  var k = same
  var begun = false
  while k < b.len:
    while k < b.len and isSep(b[k]): inc k
    if k < b.len:
      if begun: result.add(sep)
      result.add("..")
      begun = true
    while k < b.len and not isSep(b[k]): inc k
  k = same
  while k < p.len and isSep(p[k]): inc k
  if k < p.len:
    if begun: result.add(sep)
    result.add(substr(p, k))
  if result.len == 0: result = "."

proc isRelativeTo*(path, base: string): bool =
  ## Does `path` lie in `base`?
  if path.len == 0: return false
  let way = relativePath(path, base)
  not (way == ".." or (way.len > 2 and way[0] == '.' and way[1] == '.'))

proc existsOrCreateDir*(dir: string): bool {.sideEffect, tags: [WriteDirEffect, ReadDirEffect].} =
  ## Creates the directory unless it is there: gives whether it was.
  if cMkdir(cstring(dir), 0o777) == 0: return false
  const alreadyThere = {17, 30, 38} # EEXIST, EROFS, ENOSYS
  if int32(osLastError()) notin alreadyThere: failed(dir)
  if not dirExists(dir): raise newException(IOError, "Failed to create '" & dir & "'")
  true

proc createDir*(dir: string) {.sideEffect, tags: [WriteDirEffect, ReadDirEffect].} =
  ## Creates the directory and those that it is in, as far as they are missing.
  if dir.len == 0: return
  for i in 1 ..< dir.len:
    if isSep(dir[i]): discard existsOrCreateDir(substr(dir, 0, i - 1))
  if not isSep(dir[dir.len - 1]) or dir.len == 1: discard existsOrCreateDir(dir)

proc tryRemoveFile*(file: string): bool {.sideEffect, tags: [WriteDirEffect].} =
  ## Removes a file if it is there: false when it could not be.
  if cUnlink(cstring(file)) == 0: return true
  int32(osLastError()) == 2

proc removeFile*(file: string) {.sideEffect, tags: [WriteDirEffect].} =
  ## Removes a file; that it is not there is no error.
  if not tryRemoveFile(file): failed(file)

proc renamed(source, dest: string): bool =
  # False when they are on different devices.
  if cRename(cstring(source), cstring(dest)) == 0: return true
  const otherDevice = 18
  if int32(osLastError()) != otherDevice: failed($(source, dest))

proc getFileSize*(file: string): BiggestInt {.sideEffect, tags: [ReadIOEffect].} =
  ## The size in bytes.
  let f = cFopen(cstring(file), "rb")
  if f == nil: failed(file)
  discard cFseek(f, 0, 2)
  result = BiggestInt(cFtell(f))
  discard cFclose(f)

proc copyBytes(source, dest: string) {.sideEffect, tags: [ReadDirEffect, ReadIOEffect, WriteIOEffect].} =
  let src = cFopen(cstring(source), "rb")
  if src == nil: failed(source)
  let dst = cFopen(cstring(dest), "wb")
  if dst == nil:
    discard cFclose(src)
    failed(dest)
  var buf: array[8192, char]
  var ok = true
  while ok:
    let n = cFread(addr buf, 1, csize_t(sizeof(buf)), src)
    if n == 0: break
    ok = cFwrite(addr buf, 1, n, dst) == n
  discard cFclose(src)
  if cFclose(dst) != 0: ok = false
  if not ok: failed(dest)

# Directories of the user

proc getHomeDir*(): string {.tags: [ReadEnvEffect, ReadIOEffect].} =
  ## The user's directory, with a separator at its end.
  normalizePathEnd(getEnv("HOME", "/"), trailingSep = true)

proc getTempDir*(): string {.tags: [ReadEnvEffect, ReadIOEffect].} =
  ## Where temporary files belong, with a separator at its end.
  normalizePathEnd(getEnv("TMPDIR", "/tmp"), trailingSep = true)

proc getConfigDir*(): string {.tags: [ReadEnvEffect, ReadIOEffect].} =
  ## Where settings belong, with a separator at its end.
  normalizePathEnd(getEnv("XDG_CONFIG_HOME", getEnv("HOME", "") & "/.config"), trailingSep = true)

# The program

proc getAppFilename*(): string {.sideEffect, tags: [ReadIOEffect], raises: [].} =
  ## The path of the running program: where Nim would put that of the main module.
  let main = paramStr(0)
  let (dir, name, ext) = splitFile(main)
  if ext == ".nim" and fileExists(main): return absolutePath(dir / name)
  when defined(macosx): expandFilename(main)
  else: expandSymlink("/proc/self/exe")

proc getAppDir*(): string = splitFile(getAppFilename()).dir

proc findExe*(exe: string, followSymlinks: bool = true, extensions: openArray[string] = ExeExts): string =
  ## The path of a program, looked for in PATH, links followed if `followSymlinks` says so; empty when it is not found.
  if exe.len == 0: return ""
  if lastSep(exe) >= 0:
    if fileExists(exe): return exe
    return ""
  let path = getEnv("PATH")
  var i = 0
  while i <= path.len:
    var stop = i
    while stop < path.len and path[stop] != PathSep: inc stop
    let candidate = substr(path, i, stop - 1) / exe
    if fileExists(candidate) and cAccess(cstring(candidate), 1) == 0:
      return if followSymlinks: expandFilename(candidate) else: candidate
    i = stop + 1
  ""

# Command lines

proc quoteShellWindows*(s: string): string {.noSideEffect.} =
  ## `s` as one word for a program of Windows.
  if s.len > 0 and ' ' notin s and '\t' notin s: return s
  result = "\""
  var backslashes = ""
  for c in s:
    if c == '\\': backslashes.add(c)
    elif c == '"':
      # Before a quote, and at the end, backslashes count twice.
      result.add(backslashes & backslashes & "\\\"")
      backslashes.setLen(0)
    else:
      result.add(backslashes & c)
      backslashes.setLen(0)
  result.add(backslashes & backslashes & "\"")

proc quoteShellPosix*(s: string): string {.noSideEffect.} =
  ## `s` as one word for a shell.
  if s.len == 0: return "''"
  var plain = true
  for c in s:
    if c notin {'%', '+', '-', '.', '/', '_', ':', '=', '@', '0'..'9', 'A'..'Z', 'a'..'z'}: plain = false
  if plain: return s
  result = "'"
  for c in s:
    if c == '\'': result.add("'\"'\"'") else: result.add(c)
  result.add('\'')

proc quoteShell*(s: string): string {.noSideEffect.} = quoteShellPosix(s)
  ## `s` as one word for the shell of this system.

proc quoteShellCommand*(args: openArray[string]): string =
  ## The words as a command line for a shell.
  for i in 0 ..< args.len:
    if i > 0: result.add(' ')
    result.add(quoteShell(args[i]))

include private/osfiles
