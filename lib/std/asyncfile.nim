## Files whose reading and writing can be awaited.
##
## The system answers for files on a disk at once; pipes and devices are waited for.

import std/[asyncdispatch, os, posix]

type AsyncFile* = ref object
  ## An open file.
  fd: AsyncFD
  offset: int64
  known: bool # The dispatcher waits for it: it is none on a disk.

proc flagsOf(mode: FileMode): cint =
  case mode
  of fmRead: O_RDONLY
  of fmWrite: O_WRONLY or O_CREAT or O_TRUNC
  of fmReadWrite: O_RDWR or O_CREAT or O_TRUNC
  of fmReadWriteExisting: O_RDWR
  of fmAppend: O_WRONLY or O_CREAT or O_APPEND

proc newAsyncFile*(fd: AsyncFD): AsyncFile =
  ## A file that is open.
  var about: Stat
  result = AsyncFile(fd: fd)
  result.known = fstat(cint(fd), about) == 0 and not S_ISREG(about.st_mode)
  if result.known: register(fd)

proc openAsync*(filename: string, mode = fmRead): AsyncFile =
  ## Opens a file.
  let fd = posix.open(cstring(filename), flagsOf(mode) or O_NONBLOCK, 0o666.cint)
  if fd == -1: raiseOSError(osLastError(), filename)
  newAsyncFile(AsyncFD(fd))

proc close*(f: AsyncFile) =
  ## Closes it.
  if f.known: unregister(f.fd)
  if posix.close(cint(f.fd)) == -1: raiseOSError(osLastError())

proc getFileSize*(f: AsyncFile): int64 =
  ## How long it is.
  var about: Stat
  if fstat(cint(f.fd), about) == -1: raiseOSError(osLastError())
  about.st_size

proc getFilePos*(f: AsyncFile): int64 = f.offset
  ## Where the next byte is read or written.

proc setFilePos*(f: AsyncFile, pos: int64) =
  ## Goes to another place.
  f.offset = pos
  if not f.known and lseek(cint(f.fd), Off(pos), SEEK_SET) == -1: raiseOSError(osLastError())

proc setFileSize*(f: AsyncFile, length: int64) =
  ## Cuts it off, or fills it up with zeros.
  if ftruncate(cint(f.fd), Off(length)) == -1: raiseOSError(osLastError())

proc now(f: AsyncFile, step: proc (): bool {.closure, gcsafe.}, forReading: bool) =
  # Takes the step when the file is ready, until it gives true.
  if step(): return
  let callback: Callback = proc (fd: AsyncFD): bool = step()
  if not f.known: return
  if forReading: addRead(f.fd, callback)
  else: addWrite(f.fd, callback)

proc waits(code: OSErrorCode): bool = cint(code) in [EAGAIN, EINTR]

proc readBuffer*(f: AsyncFile, buf: pointer, size: int): Future[int] =
  ## Reads at most so many bytes into memory; gives how many.
  let done = newFuture[int]("asyncfile.readBuffer")
  f.now(proc (): bool =
    let count = posix.read(cint(f.fd), buf, size)
    if count < 0:
      let code = osLastError()
      if waits(code): return false
      done.fail(newOSError(code))
    else:
      f.offset += count
      done.complete(count)
    true, forReading = true)
  done

proc read*(f: AsyncFile, size: int): Future[string] {.async.} =
  ## At most so many bytes; nothing at the end.
  result = newString(size)
  let count = if size > 0: await f.readBuffer(addr result[0], size) else: 0
  result.setLen count

proc readLine*(f: AsyncFile): Future[string] {.async.} =
  ## A line without its break; nothing at the end.
  while true:
    let c = await f.read(1)
    if c.len == 0 or c == "\n": break
    if c == "\r":
      discard await f.read(1)
      break
    result.add c

proc readAll*(f: AsyncFile): Future[string] {.async.} =
  ## The rest.
  while true:
    let part = await f.read(4000)
    if part.len == 0: break
    result.add part

proc write*(f: AsyncFile, data: string): Future[void] =
  ## Writes all of the text.
  let done = newFuture[void]("asyncfile.write")
  var written = 0
  f.now(proc (): bool =
    while written < data.len:
      let count = posix.write(cint(f.fd), unsafeAddr data[written], data.len - written)
      if count < 0:
        let code = osLastError()
        if waits(code): return false
        done.fail(newOSError(code))
        return true
      written += count
      f.offset += count
    done.complete()
    true, forReading = false)
  done

proc writeBuffer*(f: AsyncFile, buf: pointer, size: int): Future[void] =
  ## Writes bytes from memory.
  var text = newString(size)
  if size > 0: copyMem(addr text[0], buf, size)
  f.write(text)

proc writeFromStream*(f: AsyncFile, fs: FutureStream[string]) {.async.} =
  ## Writes what comes through the stream.
  while true:
    let (there, part) = await fs.read()
    if not there: break
    await f.write(part)

proc readToStream*(f: AsyncFile, fs: FutureStream[string]) {.async.} =
  ## Puts all that is in the file into the stream.
  while true:
    let part = await f.read(4000)
    if part.len == 0: break
    await fs.write(part)
  fs.complete()
