## Functions of POSIX that tell what went wrong by an OSError.

import std/[oserrors, parsecfg, posix]

type Uname* = object
  ## What the system says of itself.
  sysname*, nodename*, release*, version*, machine*: string

proc cMkstemps(path: cstring, suffix: cint): cint {.importc: "mkstemps", cdecl.}
proc cMkdtemp(path: cstring): cstring {.importc: "mkdtemp", cdecl.}
proc cMlock(p: pointer, size: csize_t): cint {.importc: "mlock", cdecl.}
proc cMunlock(p: pointer, size: csize_t): cint {.importc: "munlock", cdecl.}
proc cMlockall(flags: cint): cint {.importc: "mlockall", cdecl.}
proc cMunlockall(): cint {.importc: "munlockall", cdecl.}

proc check(status: cint) =
  if status != 0: raiseOSError(osLastError())

proc text(field: openArray[char]): string =
  for c in field:
    if c == '\0': break
    result.add c

proc uname*(): Uname =
  ## What the system says of itself.
  var u: Utsname
  check posix.uname(u)
  Uname(sysname: text(u.sysname), nodename: text(u.nodename), release: text(u.release), version: text(u.version),
    machine: text(u.machine))

proc fsync*(fd: int) = check posix.fsync(cint(fd))
  ## Has the system write what is left of a file.

proc stat*(path: string): Stat = check posix.stat(cstring(path), result)
  ## What the system knows of a file.

proc memoryLock*(a1: pointer, a2: int) = check cMlock(a1, csize_t(a2))
  ## Keeps memory from being swapped out.
proc memoryLockAll*(flags: int) = check cMlockall(cint(flags))
  ## Keeps all memory of the program from being swapped out.
proc memoryUnlock*(a1: pointer, a2: int) = check cMunlock(a1, csize_t(a2))
proc memoryUnlockAll*() = check cMunlockall()

proc sendSignal*(pid: Pid, signal: int) = check kill(pid, cint(signal))
  ## Sends a signal to a process.

proc mkstemp*(prefix: string, suffix = ""): (string, File) =
  ## A new file that nobody else uses, with `prefix` as the beginning of its path, open for reading and writing.
  var path = prefix & "XXXXXX" & suffix
  let fd = cMkstemps(cstring(path), cint(suffix.len))
  var f: File
  if fd == -1: raiseOSError(osLastError())
  if not open(f, FileHandle(fd), fmReadWrite): raiseOSError(osLastError())
  (path, f)

proc mkdtemp*(prefix: string): string =
  ## A new directory that nobody else uses, with `prefix` as the beginning of its path.
  result = prefix & "XXXXXX"
  if cMkdtemp(cstring(result)) == nil: raiseOSError(osLastError())

proc osReleaseFile*(): Config = loadConfig("/etc/os-release")
  ## What the distribution says of itself.
