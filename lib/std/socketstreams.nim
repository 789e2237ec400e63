## Sockets as streams. What was read is kept, so that one can go back in it, and so is what was written.

import std/[net, streams]

type
  ReadSocketStream* = ref ReadSocketStreamObj
    ## A stream to read from a socket.
  ReadSocketStreamObj* = object of StreamObj
    data: Socket
    pos: int
    buf: seq[byte]
  WriteSocketStream* = ref WriteSocketStreamObj
    ## A stream to write to a socket.
  WriteSocketStreamObj* = object of ReadSocketStreamObj
    lastFlush: int # how much of the buffer has been sent

proc socketClose(s: Stream) = ReadSocketStream(s).data.close()
proc socketSetPosition(s: Stream, pos: int) = ReadSocketStream(s).pos = pos
proc socketGetPosition(s: Stream): int = ReadSocketStream(s).pos

proc readNeverEnds(s: Stream): bool = false

proc readPeek(s: Stream, buffer: pointer, bufLen: int): int =
  let s = ReadSocketStream(s)
  if bufLen <= 0: return
  let known = s.buf.len
  result = bufLen
  if s.pos + bufLen > known:
    s.buf.setLen(s.pos + bufLen)
    result = s.data.recv(addr s.buf[known], s.buf.len - known)
    if result > 0: result += known - s.pos
  if result > 0: copyMem(buffer, addr s.buf[s.pos], result)

proc readData(s: Stream, buffer: pointer, bufLen: int): int =
  result = readPeek(s, buffer, bufLen)
  ReadSocketStream(s).pos += bufLen

proc readDataStr(s: Stream, buffer: var string, slice: Slice[int]): int =
  if slice.len > 0: result = readData(s, addr buffer[slice.a], slice.len)

proc writeEnd(s: Stream): bool = WriteSocketStream(s).pos == WriteSocketStream(s).buf.len

proc writeData(s: Stream, buffer: pointer, bufLen: int) =
  let s = WriteSocketStream(s)
  if s.pos < s.lastFlush: raise newException(IOError, "Unable to write into buffer that has already been sent")
  if bufLen <= 0: return
  if s.buf.len < s.pos + bufLen: s.buf.setLen(s.pos + bufLen)
  copyMem(addr s.buf[s.pos], buffer, bufLen)
  s.pos += bufLen

proc writePeek(s: Stream, buffer: pointer, bufLen: int): int =
  let s = WriteSocketStream(s)
  if bufLen <= 0: return bufLen
  if s.pos + bufLen > s.buf.len: raise newException(IOError, "Unable to read past end of write buffer")
  copyMem(buffer, addr s.buf[s.pos], bufLen)
  bufLen

proc writeRead(s: Stream, buffer: pointer, bufLen: int): int =
  result = writePeek(s, buffer, bufLen)
  WriteSocketStream(s).pos += bufLen

proc writeFlush(s: Stream) =
  let s = WriteSocketStream(s)
  if s.lastFlush < s.buf.len: discard s.data.send(addr s.buf[s.lastFlush], s.buf.len - s.lastFlush)
  s.lastFlush = s.buf.len

proc newReadSocketStream*(s: Socket): owned ReadSocketStream =
  ## A stream of what comes from the socket.
  ReadSocketStream(data: s, closeImpl: socketClose, atEndImpl: readNeverEnds, setPositionImpl: socketSetPosition,
    getPositionImpl: socketGetPosition, readDataImpl: readData, peekDataImpl: readPeek, readDataStrImpl: readDataStr)

proc resetStream*(s: ReadSocketStream) =
  ## Forgets what was read.
  s.buf = @[]
  s.pos = 0

proc newWriteSocketStream*(s: Socket): owned WriteSocketStream =
  ## A stream to the socket; `flush` sends.
  WriteSocketStream(data: s, closeImpl: socketClose, atEndImpl: writeEnd, setPositionImpl: socketSetPosition,
    getPositionImpl: socketGetPosition, writeDataImpl: writeData, readDataImpl: writeRead, peekDataImpl: writePeek,
    flushImpl: writeFlush)

proc resetStream*(s: WriteSocketStream) =
  ## Forgets what was written.
  s.buf = @[]
  s.pos = 0
  s.lastFlush = 0
