## Waiting for several files, sockets, timers and events at once, with `poll`.

import std/[os, monotimes, times, private/blocking]
from std/posix import SocketHandle

type
  Event* {.pure.} = enum
    ## What happened, or is waited for.
    Read, Write, Timer, Signal, Process, Vnode, User, Error, Oneshot, Finished, VnodeWrite, VnodeDelete, VnodeExtend,
    VnodeAttrib, VnodeLink, VnodeRename, VnodeRevoke
  IOSelectorsException* = object of CatchableError
  ReadyKey* = object
    ## What became ready.
    fd*: int
    events*: set[Event]
    errorCode*: OSErrorCode
  SelectEventImpl = object
    readEnd, writeEnd: cint
  SelectEvent* = ptr SelectEventImpl
    ## Something that a thread can wake a selector with.
  Registered[T] = object
    used: bool
    events: set[Event]
    polled: int # the place in `polls`, or -1
    period, due: int64 # of a timer, in nanoseconds
    data: T
  PollFd {.bycopy.} = object
    fd: cint
    events, revents: cshort
  Selector*[T] = ref object
    ## What is waited for, with data of the user's.
    fds: seq[Registered[T]] # by descriptor
    polls: seq[PollFd]
    timers: seq[int] # descriptors
    count: int

const
  ioselSupportedPlatform* = true ## Timers can be registered.
  pollIn = 1.cshort
  pollOut = 4.cshort
  pollError = 8.cshort
  pollHangUp = 16.cshort
  setNonblocking = when defined(macosx): 0x4 else: 0x800

proc cPoll(fds: pointer, count: culong, timeout: cint): cint {.importc: "poll", cdecl.}
proc cPipe(ends: pointer): cint {.importc: "pipe", cdecl.}
proc cClose(fd: cint): cint {.importc: "close", cdecl.}
proc cDup(fd: cint): cint {.importc: "dup", cdecl.}
proc cRead(fd: cint, buffer: pointer, count: csize_t): int {.importc: "read", cdecl.}
proc cWrite(fd: cint, buffer: pointer, count: csize_t): int {.importc: "write", cdecl.}
proc cFcntl(fd, command: cint, value: clong): cint {.importc: "fcntl", cdecl, varargs.}

proc newSelector*[T](): Selector[T] = Selector[T]()
  ## A selector that waits for nothing yet.

proc close*[T](s: Selector[T]) =
  ## Forgets everything.
  s.fds.setLen 0
  s.polls.setLen 0
  s.timers.setLen 0
  s.count = 0

proc contains*[T](s: Selector[T], fd: SomeInteger | SocketHandle): bool = int(fd) in 0 ..< s.fds.len and s.fds[int(fd)].used
  ## Is the descriptor registered?

proc isEmpty*[T](s: Selector[T]): bool = s.count == 0
  ## Is nothing registered?
proc count*[T](s: Selector[T]): int = s.count
  ## How many are registered.

proc ask[T](s: Selector[T], fd: int, events: set[Event]) =
  # Has `poll` look for these.
  var mask = 0.cshort
  if events * {Event.Read, Event.User, Event.Timer} != {}: mask = mask or pollIn
  if Event.Write in events: mask = mask or pollOut
  let at = s.fds[fd].polled
  if at >= 0 and mask == 0:
    let last = s.polls.pop()
    if at < s.polls.len:
      s.polls[at] = last
      s.fds[last.fd].polled = at
    s.fds[fd].polled = -1
  elif at >= 0: s.polls[at].events = mask
  elif mask != 0:
    s.fds[fd].polled = s.polls.len
    s.polls.add PollFd(fd: cint(fd), events: mask)

proc add[T](s: Selector[T], fd: int, events: set[Event], data: sink T) =
  if fd >= s.fds.len: s.fds.setLen fd + 1
  doAssert not s.fds[fd].used, "Descriptor " & $fd & " already registered"
  s.fds[fd] = Registered[T](used: true, events: events, polled: -1, data: data)
  inc s.count

proc registerHandle*[T](s: Selector[T], fd: SomeInteger | SocketHandle, events: set[Event], data: T) =
  ## Waits for a file's or socket's events.
  s.add(int(fd), events, data)
  s.ask(int(fd), events)

proc updateHandle*[T](s: Selector[T], fd: SomeInteger | SocketHandle, events: set[Event]) =
  ## Waits for other events of it.
  doAssert fd in s, "Descriptor [" & $int(fd) & "] is not registered in the selector!"
  s.fds[int(fd)].events = events
  s.ask(int(fd), events)

proc unregister*[T](s: Selector[T], fd: SomeInteger | SocketHandle) =
  ## Waits no longer for it.
  doAssert fd in s, "Descriptor [" & $int(fd) & "] is not registered in the selector!"
  let fd = int(fd)
  s.ask(fd, {})
  if Event.Timer in s.fds[fd].events:
    let at = s.timers.find(fd)
    if at >= 0: s.timers.delete(at)
    discard cClose(cint(fd))
  s.fds[fd] = default(Registered[T])
  dec s.count

proc registerTimer*[T](s: Selector[T], timeout: int, oneshot: bool, data: T): int {.discardable.} =
  ## Waits for `timeout` milliseconds, once or again and again. Gives a descriptor of the timer's own.
  result = int(cDup(2))
  if result < 0: raiseOSError(osLastError())
  s.add(result, if oneshot: {Event.Timer, Event.Oneshot} else: {Event.Timer}, data)
  s.fds[result].period = int64(timeout) * 1_000_000
  s.fds[result].due = getMonoTime().ticks + s.fds[result].period
  s.timers.add result

proc newSelectEvent*(): SelectEvent =
  ## An event that nobody has triggered.
  var ends: array[2, cint]
  if cPipe(addr ends) != 0: raiseOSError(osLastError())
  for fd in ends:
    discard cFcntl(fd, 2, 1)
    discard cFcntl(fd, 4, setNonblocking)
  result = cast[SelectEvent](allocShared0(sizeof(SelectEventImpl)))
  result.readEnd = ends[0]
  result.writeEnd = ends[1]

proc trigger*(ev: SelectEvent) =
  ## Wakes who waits for it.
  var one = 1'u8
  discard cWrite(ev.writeEnd, addr one, 1)

proc close*(ev: SelectEvent) =
  ## Gives it back.
  discard cClose(ev.readEnd)
  discard cClose(ev.writeEnd)
  deallocShared(ev)

proc registerEvent*[T](s: Selector[T], ev: SelectEvent, data: T) =
  ## Waits for an event to be triggered.
  s.add(int(ev.readEnd), {Event.User}, data)
  s.ask(int(ev.readEnd), {Event.User})

proc unregister*[T](s: Selector[T], ev: SelectEvent) = s.unregister(int(ev.readEnd))
  ## Waits no longer for it.

proc registerSignal*[T](s: Selector[T], signal: int, data: T): int {.discardable, error: "not supported yet: waiting for signals".}
proc registerProcess*[T](s: Selector[T], pid: int, data: T): int {.discardable,
                         error: "not supported yet: waiting for processes".}
proc registerVnode*[T](s: Selector[T], fd: cint, events: set[Event], data: T) {.
                       error: "not supported yet: waiting for changes of files".}

proc nextTimer[T](s: Selector[T], timeout: int): int =
  # How many milliseconds to wait at most.
  result = timeout
  if s.timers.len > 0:
    let now = getMonoTime().ticks
    for fd in s.timers:
      let rest = int((max(s.fds[fd].due - now, 0) + 999_999) div 1_000_000)
      if result < 0 or rest < result: result = rest

proc dueTimers[T](s: Selector[T], results: var openArray[ReadyKey], found: int): int =
  result = found
  let now = if s.timers.len > 0: getMonoTime().ticks else: 0
  var i = 0
  while i < s.timers.len and result < results.len:
    let fd = s.timers[i]
    if s.fds[fd].due <= now:
      results[result] = ReadyKey(fd: fd, events: {Event.Timer})
      inc result
      if Event.Oneshot in s.fds[fd].events:
        results[result - 1].events.incl Event.Oneshot
        results[result - 1].events.incl Event.Finished
        s.timers.delete(i)
        continue
      s.fds[fd].due += s.fds[fd].period
    inc i

proc selectInto*[T](s: Selector[T], timeout: int, results: var openArray[ReadyKey]): int =
  ## Waits until something is ready, at most `timeout` milliseconds (-1: for ever), and says what. Gives how many.
  let fds = if s.polls.len > 0: addr s.polls[0] else: nil
  let ready = cast[cint](callBlocking(cast[pointer](cPoll), cast[int](fds), s.polls.len, s.nextTimer(timeout)))
  if ready < 0:
    let code = osLastError()
    if int32(code) == 4: return 0 # a signal came
    raiseOSError(code)
  if ready > 0:
    for poll in s.polls:
      if poll.revents == 0: continue
      if result == results.len: break
      let fd = int(poll.fd)
      let wanted = s.fds[fd].events
      var key = ReadyKey(fd: fd)
      let broken = (poll.revents and (pollError or pollHangUp)) != 0
      if Event.User in wanted:
        var bytes: array[64, uint8]
        while cRead(cint(fd), addr bytes, 64) == 64: discard
        key.events.incl Event.User
      else:
        if Event.Read in wanted and ((poll.revents and pollIn) != 0 or broken): key.events.incl Event.Read
        if Event.Write in wanted and ((poll.revents and pollOut) != 0 or broken): key.events.incl Event.Write
        if broken: key.events.incl Event.Error
      results[result] = key
      inc result
  result = s.dueTimers(results, result)

proc select*[T](s: Selector[T], timeout: int): seq[ReadyKey] =
  ## What `selectInto` finds.
  result.setLen 64
  result.setLen s.selectInto(timeout, result)

proc getData*[T](s: Selector[T], fd: SomeInteger | SocketHandle): var T =
  ## The data of a descriptor.
  doAssert fd in s, "Descriptor [" & $int(fd) & "] is not registered in the selector!"
  return s.fds[int(fd)].data

proc setData*[T](s: Selector[T], fd: SomeInteger | SocketHandle, data: T): bool {.discardable.} =
  ## Sets the data of a descriptor; false when it is not registered.
  result = fd in s
  if result: s.fds[int(fd)].data = data

template withData*[T](s: Selector[T], fd: SomeInteger | SocketHandle, value, body: untyped) =
  ## Runs `body` with a pointer to the data, if the descriptor is registered.
  if fd in s:
    let value {.inject.} = addr getData(s, fd)
    body

template withData*[T](s: Selector[T], fd: SomeInteger | SocketHandle, value, body1, body2: untyped) =
  ## As above, `body2` if it is not.
  if fd in s:
    let value {.inject.} = addr getData(s, fd)
    body1
  else: body2

proc getFd*[T](s: Selector[T]): int = -1
  ## The selector has no descriptor of its own.
