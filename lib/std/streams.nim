## Streams: strings and files behind one interface.

import std/strutils

type
  Stream* = ref StreamObj
    ## Bytes that are read or written one after the other.
  StreamObj* = object of RootObj
    closeImpl*: proc (s: Stream)
      {.nimcall, raises: [Exception, IOError, OSError], tags: [WriteIOEffect], gcsafe.}
    atEndImpl*: proc (s: Stream): bool
      {.nimcall, raises: [IOError, OSError], tags: [], gcsafe.}
    setPositionImpl*: proc (s: Stream, pos: int)
      {.nimcall, raises: [IOError, OSError], tags: [], gcsafe.}
    getPositionImpl*: proc (s: Stream): int
      {.nimcall, raises: [IOError, OSError], tags: [], gcsafe.}
    readDataStrImpl*: proc (s: Stream, buffer: var string, slice: Slice[int]): int
      {.nimcall, raises: [IOError, OSError], tags: [ReadIOEffect], gcsafe.}
    readLineImpl*: proc (s: Stream, line: var string): bool
      {.nimcall, raises: [IOError, OSError], tags: [ReadIOEffect], gcsafe.}
    readDataImpl*: proc (s: Stream, buffer: pointer, bufLen: int): int
      {.nimcall, raises: [IOError, OSError], tags: [ReadIOEffect], gcsafe.}
    peekDataImpl*: proc (s: Stream, buffer: pointer, bufLen: int): int
      {.nimcall, raises: [IOError, OSError], tags: [ReadIOEffect], gcsafe.}
    writeDataImpl*: proc (s: Stream, buffer: pointer, bufLen: int)
      {.nimcall, raises: [IOError, OSError], tags: [WriteIOEffect], gcsafe.}
    flushImpl*: proc (s: Stream)
      {.nimcall, raises: [IOError, OSError], tags: [WriteIOEffect], gcsafe.}
  StringStream* = ref StringStreamObj
    ## A stream over a string.
  StringStreamObj* = object of StreamObj
    data*: string
    pos: int
  FileStream* = ref FileStreamObj
    ## A stream over a file.
  FileStreamObj* = object of StreamObj
    f: File

proc newEIO(msg: string): owned(ref IOError) = newException(IOError, msg)

proc flush*(s: Stream) =
  ## Writes out what waits.
  if not isNil(s.flushImpl): s.flushImpl(s)

proc close*(s: Stream) =
  ## Ends it.
  if not isNil(s.closeImpl): s.closeImpl(s)

proc atEnd*(s: Stream): bool = s.atEndImpl(s)
  ## Is nothing left to read?
proc setPosition*(s: Stream, pos: int) = s.setPositionImpl(s, pos)
  ## Goes on from there.
proc getPosition*(s: Stream): int = s.getPositionImpl(s)
  ## Where it is.
proc readData*(s: Stream, buffer: pointer, bufLen: int): int = s.readDataImpl(s, buffer, bufLen)
  ## Reads bytes; gives how many there were.
proc peekData*(s: Stream, buffer: pointer, bufLen: int): int = s.peekDataImpl(s, buffer, bufLen)
  ## As `readData`, without moving on.
proc writeData*(s: Stream, buffer: pointer, bufLen: int) = s.writeDataImpl(s, buffer, bufLen)
  ## Writes bytes.

proc readAll*(s: Stream): string =
  ## All that is left.
  const size = 1024
  while true:
    let old = result.len
    result.setLen(old + size)
    let n = readData(s, addr result[old], size)
    if n < size:
      result.setLen(old + n)
      break

proc write*[T](s: Stream, x: T) =
  ## Writes the bytes of a value as they are in memory.
  var y = x
  writeData(s, addr y, sizeof(T))

proc write*(s: Stream, x: string) =
  ## Writes a string's bytes.
  if x.len > 0: writeData(s, cast[pointer](cstring(x)), x.len)

proc write*(s: Stream, args: varargs[string, `$`]) =
  ## Writes the values as text.
  for text in args: write(s, text)

proc writeLine*(s: Stream, args: varargs[string, `$`]) =
  ## Writes the values as text, and a line break.
  for text in args: write(s, text)
  write(s, "\n")

proc read*[T](s: Stream, result: var T) =
  ## Reads the bytes of a value. IOError when there are not enough.
  if readData(s, addr result, sizeof(T)) != sizeof(T): raise newEIO("cannot read from stream")

proc peek*[T](s: Stream, result: var T) =
  ## As `read`, without moving on.
  if peekData(s, addr result, sizeof(T)) != sizeof(T): raise newEIO("cannot read from stream")

proc readChar*(s: Stream): char =
  ## A character; `\0` at the end.
  if readData(s, addr result, 1) != 1: result = '\0'
proc peekChar*(s: Stream): char =
  ## A character, without moving on; `\0` at the end.
  if peekData(s, addr result, 1) != 1: result = '\0'
proc readBool*(s: Stream): bool =
  ## A byte as a bool: true when it is not 0.
  var b: uint8
  read(s, b)
  b != 0
proc readInt8*(s: Stream): int8 = read(s, result)
proc readInt16*(s: Stream): int16 = read(s, result)
proc readInt32*(s: Stream): int32 = read(s, result)
proc readInt64*(s: Stream): int64 = read(s, result)
proc readUint8*(s: Stream): uint8 = read(s, result)
proc readUint16*(s: Stream): uint16 = read(s, result)
proc readUint32*(s: Stream): uint32 = read(s, result)
proc readUint64*(s: Stream): uint64 = read(s, result)
proc readFloat32*(s: Stream): float32 = read(s, result)
proc readFloat64*(s: Stream): float64 = read(s, result)
proc peekInt8*(s: Stream): int8 = peek(s, result)
proc peekInt16*(s: Stream): int16 = peek(s, result)
proc peekInt32*(s: Stream): int32 = peek(s, result)
proc peekInt64*(s: Stream): int64 = peek(s, result)
proc peekUint8*(s: Stream): uint8 = peek(s, result)
proc peekUint16*(s: Stream): uint16 = peek(s, result)
proc peekUint32*(s: Stream): uint32 = peek(s, result)
proc peekUint64*(s: Stream): uint64 = peek(s, result)
proc peekBool*(s: Stream): bool = peekUint8(s) != 0
proc peekFloat32*(s: Stream): float32 = peek(s, result)
proc peekFloat64*(s: Stream): float64 = peek(s, result)

proc readStr*(s: Stream, length: int): string =
  ## At most so many bytes.
  result = newString(length)
  let n = if length > 0: readData(s, addr result[0], length) else: 0
  result.setLen(n)

proc readStr*(s: Stream, length: int, str: var string) =
  ## As above, into `str`.
  str = readStr(s, length)

proc readDataStr*(s: Stream, buffer: var string, slice: Slice[int]): int =
  ## Reads into a part of `buffer`; how much was read.
  if not s.readDataStrImpl.isNil: s.readDataStrImpl(s, buffer, slice)
  elif slice.len <= 0: 0
  else: readData(s, addr buffer[slice.a], slice.len)

proc peekStr*(s: Stream, length: int): string =
  ## As `readStr`, without moving on.
  result = newString(length)
  let n = if length > 0: peekData(s, addr result[0], length) else: 0
  result.setLen(n)

proc peekStr*(s: Stream, length: int, str: var string) =
  ## As above, into `str`.
  str = peekStr(s, length)

proc readLine*(s: Stream, line: var string): bool =
  ## Reads a line, without its break. False at the end.
  if not s.readLineImpl.isNil: return s.readLineImpl(s, line)
  line.setLen(0)
  while true:
    var c = readChar(s)
    if c == '\r':
      if peekChar(s) == '\n': c = readChar(s)
      return true
    if c == '\n': return true
    if c == '\0': return line.len > 0
    line.add(c)

proc readLine*(s: Stream): string =
  ## Reads a line, without its break. IOError at the end.
  if s.atEnd: raise newEIO("cannot read from stream")
  discard readLine(s, result)

proc peekLine*(s: Stream, line: var string): bool =
  ## As `readLine`, without moving on.
  let pos = getPosition(s)
  result = readLine(s, line)
  setPosition(s, pos)

proc peekLine*(s: Stream): string =
  ## As `readLine`, without moving on.
  let pos = getPosition(s)
  result = readLine(s)
  setPosition(s, pos)

iterator lines*(s: Stream): string =
  ## The lines that are left.
  var line = ""
  while s.readLine(line): yield line

proc moveBytes(dst, src: pointer, size: int) = copyMem(dst, src, size)

proc stringAtEnd(s: Stream): bool = StringStream(s).pos >= StringStream(s).data.len
proc stringSetPosition(s: Stream, pos: int) =
  let s = StringStream(s)
  s.pos = clamp(pos, 0, s.data.len)
proc stringGetPosition(s: Stream): int = StringStream(s).pos
proc stringPeek(s: Stream, buffer: pointer, bufLen: int): int =
  let s = StringStream(s)
  result = min(bufLen, s.data.len - s.pos)
  if result > 0: moveBytes(buffer, addr s.data[s.pos], result)
  else: result = 0
proc stringRead(s: Stream, buffer: pointer, bufLen: int): int =
  result = stringPeek(s, buffer, bufLen)
  StringStream(s).pos += result
proc stringWrite(s: Stream, buffer: pointer, bufLen: int) =
  let s = StringStream(s)
  if bufLen <= 0: return
  if s.pos + bufLen > s.data.len: s.data.setLen(s.pos + bufLen)
  prepareMutation(s.data)
  moveBytes(addr s.data[s.pos], buffer, bufLen)
  s.pos += bufLen
proc stringClose(s: Stream) = StringStream(s).data = ""

proc newStringStream*(s: sink string = ""): StringStream =
  ## A stream that reads the string, and writes into it.
  result = StringStream(data: s, pos: 0)
  result.closeImpl = stringClose
  result.atEndImpl = stringAtEnd
  result.setPositionImpl = stringSetPosition
  result.getPositionImpl = stringGetPosition
  result.readDataImpl = stringRead
  result.peekDataImpl = stringPeek
  result.writeDataImpl = stringWrite

proc fileClose(s: Stream) =
  let s = FileStream(s)
  if not s.f.isNil:
    close(s.f)
    s.f = nil
proc fileAtEnd(s: Stream): bool = endOfFile(FileStream(s).f)
proc fileSetPosition(s: Stream, pos: int) = setFilePos(FileStream(s).f, pos)
proc fileGetPosition(s: Stream): int = int(getFilePos(FileStream(s).f))
proc fileRead(s: Stream, buffer: pointer, bufLen: int): int = readBuffer(FileStream(s).f, buffer, bufLen)
proc filePeek(s: Stream, buffer: pointer, bufLen: int): int =
  let pos = fileGetPosition(s)
  result = fileRead(s, buffer, bufLen)
  fileSetPosition(s, pos)
proc fileWrite(s: Stream, buffer: pointer, bufLen: int) =
  if writeBuffer(FileStream(s).f, buffer, bufLen) != bufLen: raise newEIO("cannot write to stream")
proc fileReadLine(s: Stream, line: var string): bool = readLine(FileStream(s).f, line)
proc fileFlush(s: Stream) = flushFile(FileStream(s).f)

proc newFileStream*(f: File): FileStream =
  ## A stream over an open file.
  result = FileStream(f: f)
  result.closeImpl = fileClose
  result.atEndImpl = fileAtEnd
  result.setPositionImpl = fileSetPosition
  result.getPositionImpl = fileGetPosition
  result.readDataImpl = fileRead
  result.readLineImpl = fileReadLine
  result.peekDataImpl = filePeek
  result.writeDataImpl = fileWrite
  result.flushImpl = fileFlush

proc newFileStream*(filename: string, mode: FileMode = fmRead, bufSize: int = -1): FileStream =
  ## A stream over a file, or nil when it cannot be opened.
  var f: File
  if open(f, filename, mode, bufSize): result = newFileStream(f)

proc openFileStream*(filename: string, mode: FileMode = fmRead, bufSize: int = -1): FileStream =
  ## A stream over a file. IOError when it cannot be opened.
  var f: File
  if not open(f, filename, mode, bufSize): raise newEIO("cannot open file stream: " & filename)
  newFileStream(f)
