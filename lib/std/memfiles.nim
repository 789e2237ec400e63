## Files as memory.

import std/[os, posix, streams]

type
  MemFile* = object
    ## A file, or a part of one, as memory.
    mem*: pointer ## Its first byte.
    size*: int ## How many bytes there are.
    handle*: cint ## The file, or -1.
    flags: cint
  MemSlice* = object
    ## A part of memory.
    data*: pointer
    size*: int
  MemMapFileStreamObj* = object of Stream
    mf: MemFile
    at: int
  MemMapFileStream* = ref MemMapFileStreamObj ## A file in memory as a stream.

proc protection(mode: FileMode): cint =
  if mode == fmRead: PROT_READ else: PROT_READ or PROT_WRITE

proc mapMem*(m: var MemFile, mode: FileMode = fmRead, mappedSize = -1, offset = 0, mapFlags = cint(-1)): pointer =
  ## Another part of the file as memory.
  if mappedSize == 0 or offset < 0: raiseOSError(OSErrorCode(EINVAL))
  let size = if mappedSize == -1: m.size else: mappedSize
  let flags = if mapFlags == -1: m.flags else: mapFlags
  result = mmap(nil, size, protection(mode), flags, m.handle, offset)
  if result == MAP_FAILED: raiseOSError(osLastError())

proc unmapMem*(f: var MemFile, p: pointer, size: int) =
  ## Gives a part back.
  if munmap(p, size) != 0: raiseOSError(osLastError())

proc close*(f: var MemFile) =
  ## Gives the memory back and closes the file.
  var failed = false
  if f.mem != nil: failed = munmap(f.mem, f.size) != 0
  if f.handle != -1: failed = (posix.close(f.handle) != 0) or failed
  let code = osLastError()
  f = MemFile(handle: -1)
  if failed: raiseOSError(code)

proc open*(filename: string, mode: FileMode = fmRead, mappedSize = -1, offset = 0, newFileSize = -1,
           allowRemap = false, mapFlags = cint(-1)): MemFile =
  ## A file as memory. With `newFileSize` a new file of that size is made.
  if newFileSize != -1: assert mode != fmRead
  result = MemFile(handle: -1)
  let access = if mode == fmRead: O_RDONLY else: O_RDWR
  let making = if newFileSize == -1: 0.cint else: O_CREAT or O_TRUNC
  result.handle = posix.open(cstring(filename), access or making or O_CLOEXEC, 0o600.cint)
  if result.handle == -1: raiseOSError(osLastError(), filename)
  try:
    if newFileSize != -1 and ftruncate(result.handle, newFileSize) != 0: raiseOSError(osLastError(), filename)
    if mappedSize != -1: result.size = mappedSize
    else:
      var known: Stat
      if fstat(result.handle, known) != 0: raiseOSError(osLastError(), filename)
      if not S_ISREG(known.st_mode): raise newException(IOError, "Only regular files can be mapped: " & filename)
      result.size = known.st_size
    result.flags = if mapFlags == -1: MAP_SHARED else: mapFlags
    result.mem = mmap(nil, result.size, protection(mode), result.flags, result.handle, offset)
    if result.mem == MAP_FAILED:
      result.mem = nil
      raiseOSError(osLastError(), filename)
  except:
    discard posix.close(result.handle)
    raise
  if not allowRemap:
    discard posix.close(result.handle)
    result.handle = -1

proc flush*(f: var MemFile, attempts: Natural = 3) =
  ## Has what was changed written.
  for i in 1 .. max(attempts, 1):
    if msync(f.mem, f.size, MS_SYNC or MS_INVALIDATE) == 0: return
    if int32(osLastError()) != EBUSY: break
  raiseOSError(osLastError(), "error flushing mapping")

proc resize*(f: var MemFile, newFileSize: int) =
  ## Gives the file another size; it was opened with `allowRemap`.
  if f.handle == -1: raise newException(IOError, "Cannot resize MemFile opened with allowRemap=false")
  if ftruncate(f.handle, newFileSize) != 0: raiseOSError(osLastError())
  if munmap(f.mem, f.size) != 0: raiseOSError(osLastError())
  f.mem = mmap(nil, newFileSize, PROT_READ or PROT_WRITE, f.flags, f.handle, 0)
  if f.mem == MAP_FAILED: raiseOSError(osLastError())
  f.size = newFileSize

proc `==`*(x, y: MemSlice): bool = x.size == y.size and equalMem(x.data, y.data, x.size)
  ## The same bytes.
proc `$`*(ms: MemSlice): string =
  ## The bytes as a string.
  result = newString(ms.size)
  if ms.size > 0: copyMem(addr result[0], ms.data, ms.size)

iterator memSlices*(mfile: MemFile, delim = '\l', eat = '\r'): MemSlice {.inline.} =
  ## The parts between the delimiters, without an `eat` before them.
  let bytes = cast[ptr UncheckedArray[char]](mfile.mem)
  var first = 0
  while first < mfile.size:
    var last = first
    while last < mfile.size and bytes[last] != delim: inc last
    var size = last - first
    if eat != '\0' and last < mfile.size and size > 0 and bytes[last - 1] == eat: dec size
    yield MemSlice(data: addr bytes[first], size: size)
    first = last + 1

iterator lines*(mfile: MemFile, buf: var string, delim = '\l', eat = '\r'): string {.inline.} =
  ## The lines, by way of `buf`.
  for part in memSlices(mfile, delim, eat):
    buf = $part
    yield buf

iterator lines*(mfile: MemFile, delim = '\l', eat = '\r'): string {.inline.} =
  ## The lines.
  for part in memSlices(mfile, delim, eat): yield $part

proc newMemMapFileStream*(filename: string, mode: FileMode = fmRead, fileSize: int = -1): MemMapFileStream =
  ## A stream over a file in memory.
  let s = MemMapFileStream(mf: open(filename, mode, newFileSize = fileSize))
  proc bytes(s: MemMapFileStream): int = cast[int](s.mf.mem)
  s.closeImpl = proc (s: Stream) = MemMapFileStream(s).mf.close()
  s.atEndImpl = proc (s: Stream): bool = MemMapFileStream(s).at >= MemMapFileStream(s).mf.size
  s.setPositionImpl = proc (s: Stream, pos: int) =
    if pos < 0 or pos > MemMapFileStream(s).mf.size: raise newException(IOError, "setPosition() out of range")
    MemMapFileStream(s).at = pos
  s.getPositionImpl = proc (s: Stream): int = MemMapFileStream(s).at
  s.peekDataImpl = proc (s: Stream, buffer: pointer, bufLen: int): int =
    let s = MemMapFileStream(s)
    result = min(bufLen, s.mf.size - s.at)
    if result > 0: copyMem(buffer, cast[pointer](s.bytes + s.at), result)
  s.readDataImpl = proc (s: Stream, buffer: pointer, bufLen: int): int =
    result = s.peekDataImpl(s, buffer, bufLen)
    MemMapFileStream(s).at += result
  s.writeDataImpl = proc (s: Stream, buffer: pointer, bufLen: int) =
    let s = MemMapFileStream(s)
    if s.at + bufLen > s.mf.size: raise newException(IOError, "cannot write to stream")
    copyMem(cast[pointer](s.bytes + s.at), buffer, bufLen)
    s.at += bufLen
  s.flushImpl = proc (s: Stream) = MemMapFileStream(s).mf.flush()
  s
