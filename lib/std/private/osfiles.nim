## A part of `os`: what the system knows of a file, permissions, links, patterns and whole directories.

type
  FilePermission* = enum
    ## Who may do what with a file.
    fpUserExec, fpUserWrite, fpUserRead, fpGroupExec, fpGroupWrite, fpGroupRead, fpOthersExec, fpOthersWrite, fpOthersRead
  CopyFlag* = enum
    ## What copying does with a symbolic link.
    cfSymlinkAsIs, ## Makes another link.
    cfSymlinkFollow, ## Copies what it points to.
    cfSymlinkIgnore ## Copies nothing.
  DeviceId* = uint64 ## A device with a file system.
  FileId* = uint64 ## A file of a device.
  FileInfo* = object
    ## What the system knows of a file.
    id*: tuple[device: DeviceId, file: FileId]
    kind*: PathComponent
    size*: BiggestInt
    permissions*: set[FilePermission]
    linkCount*: BiggestInt
    lastAccessTime*: times.Time
    lastWriteTime*: times.Time
    creationTime*: times.Time
    blockSize*: int

when defined(macosx):
  type CStat {.bycopy.} = object
    dev: int32
    mode, nlink: uint16
    ino: uint64
    uid, gid: uint32
    rdev: int32
    atime, mtime, ctime, birth: Timespec
    size, blocks: int64
    blksize: int32
    rest: array[32, byte]
elif defined(arm64):
  type CStat {.bycopy.} = object
    dev, ino: uint64
    mode, nlink, uid, gid: uint32
    rdev, pad: uint64
    size: int64
    blksize, pad2: int32
    blocks: int64
    atime, mtime, ctime: Timespec
    rest: array[32, byte]
else:
  type CStat {.bycopy.} = object
    dev, ino, nlink: uint64
    mode, uid, gid, pad: uint32
    rdev: uint64
    size, blksize, blocks: int64
    atime, mtime, ctime: Timespec
    rest: array[32, byte]

type
  CGlob {.bycopy.} = object
    count: csize_t
    paths: ptr UncheckedArray[cstring]
    rest: array[128, byte]

proc cStat(path: cstring, buf: pointer): cint {.importc: "stat", cdecl.}
proc cLstat(path: cstring, buf: pointer): cint {.importc: "lstat", cdecl.}
proc cChmod(path: cstring, mode: cuint): cint {.importc: "chmod", cdecl.}
proc cSymlink(src, dest: cstring): cint {.importc: "symlink", cdecl.}
proc cLink(src, dest: cstring): cint {.importc: "link", cdecl.}
proc cUtimes(path: cstring, times: pointer): cint {.importc: "utimes", cdecl.}
proc cGlob(pattern: cstring, flags: cint, failure, buf: pointer): cint {.importc: "glob", cdecl.}
proc cGlobfree(buf: pointer) {.importc: "globfree", cdecl.}
proc cGeteuid(): cuint {.importc: "geteuid", cdecl.}

proc statOf(path: string, followSymlink = true): CStat =
  let status = if followSymlink: cStat(cstring(path), addr result) else: cLstat(cstring(path), addr result)
  if status != 0: failed(path)

# Directories

proc componentOf(path: string): tuple[kind: PathComponent, special: bool] =
  # What stands there; special is what is neither a file nor a directory, nor leads to one.
  const (typeBits, dirBits, fileBits, linkBits) = (0o170000'u32, 0o040000'u32, 0o100000'u32, 0o120000'u32)
  var s: CStat
  if cLstat(cstring(path), addr s) != 0: return (pcFile, true)
  let isLink = (uint32(s.mode) and typeBits) == linkBits
  if isLink and cStat(cstring(path), addr s) != 0: return (pcLinkToFile, true)
  case uint32(s.mode) and typeBits
  of dirBits: ((if isLink: pcLinkToDir else: pcDir), false)
  of fileBits: ((if isLink: pcLinkToFile else: pcFile), false)
  else: ((if isLink: pcLinkToFile else: pcFile), true)

proc componentsOutside(dir: string): seq[(PathComponent, string)] =
  # What is in a directory while the compiler evaluates.
  for name in namesOutside(dir):
    let kind = case standingOutside(dir / name)
      of linkToFile: pcLinkToFile
      of directory: pcDir
      of linkToDirectory: pcLinkToDir
      else: pcFile
    result.add (kind, name)

iterator walkDir*(dir: string, relative = false, checkDir = false, skipSpecial = false): tuple[kind: PathComponent,
    path: string] {.tags: [ReadDirEffect].} =
  ## What is in a directory, in the system's order, without `.` and `..`. A directory that is not there is empty, unless
  ## `checkDir` is set. `skipSpecial` leaves out what is neither a file nor a directory, nor a link to one: pipes, devices.
  when nimvm:
    for (kind, name) in componentsOutside(dir): yield (kind: kind, path: if relative: name else: dir / name)
  else:
    let d = cOpendir(cstring(dir))
    if d == nil:
      if checkDir: failed(dir)
    else:
      defer: discard cClosedir(d)
      while true:
        let entry = cReaddir(d)
        if entry == nil: break
        let name = $cast[cstring](addr entry.name[0])
        if name == "." or name == "..": continue
        let path = if dir.len == 0 or isSep(dir[dir.len - 1]): dir & name else: dir & "/" & name
        let (kind, special) = componentOf(path)
        if not (special and skipSpecial): yield (kind: kind, path: if relative: name else: path)

proc removeDir*(dir: string, checkDir = false) {.sideEffect, tags: [WriteDirEffect, ReadDirEffect].} =
  ## Removes a directory with all that is in it; that it is not there is an error if `checkDir` says so.
  if not dirExists(dir):
    if checkDir: failed(dir)
    return
  var inside: seq[(PathComponent, string)]
  for kind, path in walkDir(dir): inside.add((kind, path))
  for entry in inside:
    if entry[0] == pcDir: removeDir(entry[1])
    else: removeFile(entry[1])
  if cRmdir(cstring(dir)) != 0: failed(dir)

# What the system knows of a file

proc moment(t: Timespec): times.Time = initTime(int64(t.seconds), int(t.nanoseconds))

proc permissionsOf(mode: uint32): set[FilePermission] =
  for p in FilePermission:
    # User, group and others from the highest bits down; execute, write and read from the lowest up.
    let bit = (2 - ord(p) div 3) * 3 + ord(p) mod 3
    if (mode and (1'u32 shl bit)) != 0: result.incl(p)

proc getFileInfo*(path: string, followSymlink = true): FileInfo =
  ## What the system knows of a file.
  let s = statOf(path, followSymlink)
  let mode = uint32(s.mode)
  let isLink = symlinkExists(path)
  let isDir = (mode and 0o170000'u32) == 0o040000'u32
  result.id = (device: DeviceId(s.dev), file: FileId(s.ino))
  result.kind =
    if isDir: (if isLink: pcLinkToDir else: pcDir)
    elif isLink: (if not followSymlink and dirExists(path): pcLinkToDir else: pcLinkToFile)
    else: pcFile
  result.size = BiggestInt(s.size)
  result.permissions = permissionsOf(mode)
  result.linkCount = BiggestInt(s.nlink)
  result.lastAccessTime = moment(s.atime)
  result.lastWriteTime = moment(s.mtime)
  result.creationTime = moment(s.ctime)
  result.blockSize = int(s.blksize)

proc getLastModificationTime*(file: string): times.Time = moment(statOf(file).mtime)
  ## When the file was last written.
proc getLastAccessTime*(file: string): times.Time = moment(statOf(file).atime)
  ## When the file was last read.
proc getCreationTime*(file: string): times.Time = moment(statOf(file).ctime)
  ## When the file's entry last changed.
proc fileNewer*(a, b: string): bool = getLastModificationTime(a) > getLastModificationTime(b)
  ## Was `a` written later than `b`?

proc setLastModificationTime*(file: string, t: times.Time) =
  ## Sets when the file was last written, and read.
  var values: array[4, clong]
  for i in [0, 2]:
    values[i] = clong(t.toUnix)
    values[i + 1] = clong(t.nanosecond div 1000)
  if cUtimes(cstring(file), addr values) != 0: failed(file)

proc sameFile*(path1, path2: string): bool =
  ## Do two paths name the same file?
  let a = statOf(path1)
  let b = statOf(path2)
  a.dev == b.dev and a.ino == b.ino

proc sameFileContent*(path1, path2: string): bool = readFile(path1) == readFile(path2)
  ## Do two files hold the same bytes?

proc isHidden*(path: string): bool =
  ## Does the last part of the path begin with a dot?
  let name = lastPathPart(path)
  name.len > 1 and name[0] == '.' and name != ".."

proc isAdmin*(): bool = cGeteuid() == 0
  ## Has the program the rights of the administrator?

# Permissions

proc getFilePermissions*(filename: string): set[FilePermission] = permissionsOf(uint32(statOf(filename).mode))
  ## Who may do what with the file.

proc setFilePermissions*(filename: string, permissions: set[FilePermission], followSymlinks = true) =
  ## Sets who may do what with the file.
  var mode = 0'u32
  for p in permissions: mode = mode or (1'u32 shl ((2 - ord(p) div 3) * 3 + ord(p) mod 3))
  if not followSymlinks and symlinkExists(filename): return
  if cChmod(cstring(filename), mode) != 0: failed($(filename, permissions))

proc inclFilePermissions*(filename: string, permissions: set[FilePermission]) =
  ## Allows more.
  setFilePermissions(filename, getFilePermissions(filename) + permissions)

proc exclFilePermissions*(filename: string, permissions: set[FilePermission]) =
  ## Allows less.
  setFilePermissions(filename, getFilePermissions(filename) - permissions)

# Links and copies

proc createSymlink*(src, dest: string) =
  ## Makes `dest` a symbolic link to `src`.
  if cSymlink(cstring(src), cstring(dest)) != 0: failed($(src, dest))

proc createHardlink*(src, dest: string) =
  ## Gives a file another name.
  if cLink(cstring(src), cstring(dest)) != 0: failed($(src, dest))

proc copyFile*(source, dest: string, options = {cfSymlinkFollow}, bufferSize = 16384) {.sideEffect, tags: [ReadDirEffect, ReadIOEffect,
    WriteIOEffect].} =
  ## Copies a file; one of that name is replaced.
  if symlinkExists(source) and cfSymlinkFollow notin options:
    if cfSymlinkAsIs in options: createSymlink(expandSymlink(source), dest)
  else: copyBytes(source, dest)

proc copyFileToDir*(source, dir: string, options = {cfSymlinkFollow}) =
  ## Copies a file into a directory, under its own name.
  if dir.len == 0: raise newException(ValueError, "dest is empty")
  copyFile(source, dir / lastPathPart(source), options)

proc copyFileWithPermissions*(source, dest: string, ignorePermissionErrors = true, options = {cfSymlinkFollow}) =
  ## Copies a file with its permissions.
  copyFile(source, dest, options)
  try: setFilePermissions(dest, getFilePermissions(source), cfSymlinkFollow in options)
  except OSError:
    if not ignorePermissionErrors: raise

proc copyTree(source, dest: string, permissions, ignoreErrors: bool) =
  createDir(dest)
  if permissions:
    try: setFilePermissions(dest, getFilePermissions(source))
    except OSError:
      if not ignoreErrors: raise
  var inside: seq[(PathComponent, string)]
  for kind, path in walkDir(source, relative = true): inside.add((kind, path))
  for (kind, path) in inside:
    if kind == pcDir: copyTree(source / path, dest / path, permissions, ignoreErrors)
    elif permissions: copyFileWithPermissions(source / path, dest / path, ignoreErrors, {cfSymlinkAsIs})
    else: copyFile(source / path, dest / path, {cfSymlinkAsIs})

proc copyDir*(source, dest: string) = copyTree(source, dest, false, true)
  ## Copies a directory with all that is in it.

proc copyDirWithPermissions*(source, dest: string, ignorePermissionErrors = true) =
  ## Copies a directory with all that is in it, and the permissions.
  copyTree(source, dest, true, ignorePermissionErrors)

# Patterns and trees

iterator walkPattern*(pattern: string): string {.tags: [ReadDirEffect].} =
  ## The paths that fit a pattern of the shell, in the order of the alphabet.
  var found: CGlob
  let status = cGlob(cstring(pattern), 0, nil, addr found)
  try:
    if status == 0:
      for i in 0 ..< int(found.count): yield $found.paths[i]
  finally:
    cGlobfree(addr found)

iterator walkFiles*(pattern: string): string {.tags: [ReadDirEffect].} =
  ## The files that fit a pattern.
  for path in walkPattern(pattern):
    if fileExists(path): yield path

iterator walkDirs*(pattern: string): string {.tags: [ReadDirEffect].} =
  ## The directories that fit a pattern.
  for path in walkPattern(pattern):
    if dirExists(path): yield path

iterator walkDirRec*(dir: string, yieldFilter = {pcFile}, followFilter = {pcDir}, relative = false, checkDir = false,
                     skipSpecial = false): string {.tags: [ReadDirEffect].} =
  ## What is in a directory and in those that are in it: the kinds of `yieldFilter`, in the directories of
  ## `followFilter`; `skipSpecial` as in `walkDir`.
  var open = @[""]
  var check = checkDir
  while open.len > 0:
    let at = open.pop()
    for kind, name in walkDir(dir / at, relative = true, checkDir = check, skipSpecial = skipSpecial):
      let path = at / name
      if kind in {pcDir, pcLinkToDir} and kind in followFilter: open.add(path)
      if kind in yieldFilter: yield (if relative: path else: dir / path)
    check = false

# Paths of the user

proc expandTilde*(path: string): string {.tags: [ReadEnvEffect, ReadIOEffect].} =
  ## The path with the home directory for a leading `~`.
  if path == "~": getHomeDir()
  elif path.len > 1 and path[0] == '~' and path[1] == '/': getHomeDir() / substr(path, 2)
  else: path

proc getDataDir*(): string {.tags: [ReadEnvEffect, ReadIOEffect].} =
  ## Where the data of programs belongs, with a separator at its end.
  when defined(macosx): normalizePathEnd(getEnv("HOME", "") / "Library" / "Application Support", trailingSep = true)
  else: normalizePathEnd(getEnv("XDG_DATA_HOME", getEnv("HOME", "") / ".local" / "share"), trailingSep = true)

proc getCacheDir*(): string {.tags: [ReadEnvEffect, ReadIOEffect].} =
  ## Where programs keep what they can make again.
  getEnv("XDG_CACHE_HOME", getHomeDir() / ".cache")

proc getCacheDir*(app: string): string = getCacheDir() / app
  ## The part of it that belongs to a program.

const
  invalidFilenameChars* = {'/', '\\', ':', '*', '?', '"', '<', '>', '|', '^', '\0'}
    ## What a portable file name does not contain.
  invalidFilenames* = ["CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8",
    "COM9", "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"] ## Names of devices elsewhere.

proc isValidFilename*(filename: string, maxLen = 259.Positive): bool =
  ## Would the name do for a file on every system?
  let (_, name, ext) = splitFile(filename)
  result = name.len > 0 and name.len + ext.len <= maxLen and name[0] != ' ' and name[^1] notin {' ', '.'}
  if not result: return
  for c in name:
    if c in invalidFilenameChars: return false
  for taken in invalidFilenames:
    if name.len == taken.len:
      var same = true
      for i in 0 ..< name.len:
        let c = if name[i] in {'a'..'z'}: char(ord(name[i]) - 32) else: name[i]
        same = same and c == taken[i]
      if same: return false

proc normalizeExe*(file: var string) =
  ## Has the shell find a program in the current directory.
  if file.len > 0 and '/' notin file and file != "." and file != "..": file = "./" & file

proc exitStatusLikeShell*(status: cint): cint =
  ## A program's status as the shell gives it: 128 and the signal's number for one that a signal ended.
  if (status and 0x7f) == 0: (status shr 8) and 0xff
  else: 128 + (status and 0x7f)

template existsFile*(args: varargs[untyped]): untyped {.deprecated: "use fileExists".} = fileExists(args)
  ## The older name of `fileExists`.
template existsDir*(args: varargs[untyped]): untyped {.deprecated: "use dirExists".} = dirExists(args)
  ## The older name of `dirExists`.

proc moveFile*(source, dest: string) {.sideEffect, tags: [ReadDirEffect, ReadIOEffect, WriteIOEffect].} =
  ## Renames a file; one of that name is replaced. On another device it is copied and removed.
  if not renamed(source, dest):
    copyFile(source, dest, {cfSymlinkAsIs})
    removeFile(source)

proc moveDir*(source, dest: string) {.sideEffect, tags: [ReadDirEffect, ReadIOEffect, WriteIOEffect].} =
  ## Renames a directory. On another device it is copied and removed.
  if not renamed(source, dest):
    copyDir(source, dest)
    removeDir(source)
