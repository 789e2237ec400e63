## Looking ahead in a stream that cannot: what a pipe gives is kept until it is read.

import std/[deques, streams]

type PipeOutStream*[T] = ref object of T
  ## A stream of the kind `T` in which `peekData` works.
  ahead: Deque[char]
  ownReadLine: proc (s: Stream, line: var string): bool
    {.nimcall, raises: [IOError, OSError], tags: [ReadIOEffect], gcsafe.}
  ownReadData: proc (s: Stream, buffer: pointer, bufLen: int): int
    {.nimcall, raises: [IOError, OSError], tags: [ReadIOEffect], gcsafe.}

proc takeData[T](s: Stream, buffer: pointer, bufLen: int): int =
  let s = PipeOutStream[T](s)
  let target = cast[ptr UncheckedArray[char]](buffer)
  result = min(s.ahead.len, bufLen)
  for i in 0 ..< result: target[i] = s.ahead.popFirst
  if bufLen > result: result += s.ownReadData(s, addr target[result], bufLen - result)

proc takeText[T](s: Stream, buffer: var string, slice: Slice[int]): int =
  takeData[T](s, addr buffer[slice.a], slice.len)

proc takeLine[T](s: Stream, line: var string): bool =
  let s = PipeOutStream[T](s)
  line.setLen 0
  while s.ahead.len > 0:
    let c = s.ahead.popFirst
    case c
    of '\r':
      discard readChar(s)
      return true
    of '\n': return true
    of '\0': return line.len > 0
    else: line.add c
  var rest: string
  result = s.ownReadLine(s, rest)
  line.add rest

proc lookAhead[T](s: Stream, buffer: pointer, bufLen: int): int =
  let s = PipeOutStream[T](s)
  let target = cast[ptr UncheckedArray[char]](buffer)
  result = min(s.ahead.len, bufLen)
  for i in 0 ..< result: target[i] = s.ahead[i]
  if bufLen <= result: return
  let known = result
  result += s.ownReadData(s, addr target[known], bufLen - known)
  for i in known ..< result: s.ahead.addLast target[i]

proc newPipeOutStream*[T](s: sink (ref T)): owned PipeOutStream[T] =
  ## Such a stream out of `s`, which is no longer to be used.
  assert not s.readDataImpl.isNil
  new result
  for own, given in fields((ref T)(result)[], s[]): own = given
  wasMoved(s[])
  if not result.readLineImpl.isNil:
    result.ownReadLine = result.readLineImpl
    result.readLineImpl = takeLine[T]
  result.ownReadData = result.readDataImpl
  result.readDataImpl = takeData[T]
  result.readDataStrImpl = takeText[T]
  result.peekDataImpl = lookAhead[T]
  result.setPositionImpl = nil
  result.getPositionImpl = nil
  result.writeDataImpl = nil
  result.flushImpl = nil
