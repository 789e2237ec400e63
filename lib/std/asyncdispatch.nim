## The dispatcher of futures: timers, files and sockets, and what was asked to be called soon; with `async` and `await`.

import std/asyncfutures except callSoon
import std/[asyncstreams, asyncmacro, deques, heapqueue, monotimes, nativesockets, net, options, os, selectors, times]
from std/posix import SOCK_CLOEXEC, SC_OPEN_MAX, accept4, sysconf

export asyncfutures except callSoon
export asyncstreams
export asyncmacro except runAsync
export Port, SocketFlag

type
  AsyncFD* = distinct cint
    ## A file or socket that the dispatcher knows.
  Callback* = proc (fd: AsyncFD): bool {.closure, gcsafe.}
    ## Called when a file is ready; true when it need not be called again.
  AsyncData = object
    readers, writers: seq[Callback]
  AsyncEvent* = distinct SelectEvent
    ## Something that a thread can wake the dispatcher with.
  PDispatcher* = ref object of RootRef
    ## A thread's dispatcher.
    timers*: HeapQueue[tuple[finishAt: MonoTime, fut: Future[void]]]
    callbacks*: Deque[proc () {.gcsafe.}]
    selector: Selector[AsyncData]

var dispatcher {.threadvar.}: PDispatcher

proc `==`*(x, y: AsyncFD): bool {.borrow.}
proc `==`*(x, y: AsyncEvent): bool {.borrow.}

proc newDispatcher*(): owned(PDispatcher) =
  ## A dispatcher with nothing to do.
  PDispatcher(selector: newSelector[AsyncData](), callbacks: initDeque[proc () {.gcsafe.}](64))

proc callSoon*(cbproc: proc () {.gcsafe.}) {.gcsafe.}

proc setGlobalDispatcher*(disp: sink PDispatcher) =
  ## Makes it the one of this thread.
  if dispatcher != nil: assert dispatcher.callbacks.len == 0
  dispatcher = disp
  if getCallSoonProc().isNil: setCallSoonProc(callSoon)

proc getGlobalDispatcher*(): PDispatcher =
  ## The dispatcher of this thread.
  if dispatcher.isNil: setGlobalDispatcher(newDispatcher())
  dispatcher

proc callSoon(cbproc: proc () {.gcsafe.}) {.gcsafe.} = getGlobalDispatcher().callbacks.addLast(cbproc)
  ## Has it called in the next round.

proc register*(fd: AsyncFD) = getGlobalDispatcher().selector.registerHandle(cint(fd), {}, AsyncData())
  ## Makes a file or socket known.
proc unregister*(fd: AsyncFD) = getGlobalDispatcher().selector.unregister(cint(fd))
  ## Forgets it.
proc unregister*(ev: AsyncEvent) = getGlobalDispatcher().selector.unregister(SelectEvent(ev))
  ## Forgets it.
proc contains*(disp: PDispatcher, fd: AsyncFD): bool = cint(fd) in disp.selector
  ## Is it known?

proc events(data: AsyncData): set[Event] =
  if data.readers.len > 0: result.incl Event.Read
  if data.writers.len > 0: result.incl Event.Write

proc dataOf(fd: AsyncFD): var AsyncData =
  if cint(fd) notin getGlobalDispatcher().selector:
    raise newException(ValueError, "File descriptor not registered.")
  return getGlobalDispatcher().selector.getData(cint(fd))

proc addRead*(fd: AsyncFD, cb: Callback) =
  ## Has `cb` called when there is something to read, until it gives true.
  dataOf(fd).readers.add cb
  getGlobalDispatcher().selector.updateHandle(cint(fd), dataOf(fd).events)

proc addWrite*(fd: AsyncFD, cb: Callback) =
  ## Has `cb` called when something can be written, until it gives true.
  dataOf(fd).writers.add cb
  getGlobalDispatcher().selector.updateHandle(cint(fd), dataOf(fd).events)

proc addTimer*(timeout: int, oneshot: bool, cb: Callback) =
  ## Has `cb` called after so many milliseconds, once or until it gives true.
  getGlobalDispatcher().selector.registerTimer(timeout, oneshot, AsyncData(readers: @[cb]))

proc addSignal*(signal: int, cb: Callback) {.error: "not supported yet: waiting for signals".}
proc addProcess*(pid: int, cb: Callback) {.error: "not supported yet: waiting for processes".}

proc newAsyncEvent*(): AsyncEvent = AsyncEvent(newSelectEvent())
  ## An event that nobody has triggered.
proc trigger*(ev: AsyncEvent) = trigger(SelectEvent(ev))
  ## Wakes who waits for it.
proc close*(ev: AsyncEvent) = close(SelectEvent(ev))
  ## Gives it back.
proc addEvent*(ev: AsyncEvent, cb: Callback) =
  ## Has `cb` called when the event is triggered, until it gives true.
  getGlobalDispatcher().selector.registerEvent(SelectEvent(ev), AsyncData(readers: @[cb]))

proc hasPendingOperations*(): bool =
  ## Is there anything to wait for?
  let p = getGlobalDispatcher()
  not p.selector.isEmpty or p.timers.len > 0 or p.callbacks.len > 0

proc callReady(list: sink seq[Callback], fd: AsyncFD): seq[Callback] =
  # Calls those that wait, to the first that has to wait on; gives those that go on waiting.
  for i in 0 ..< list.len:
    if not list[i](fd): return list[i .. ^1]

proc processReady(p: PDispatcher, key: ReadyKey) =
  let fd = AsyncFD(key.fd)
  let s = p.selector
  let broken = key.events == {Event.Error}
  # The lists are empty while they are called: what is called may wait for the same file again.
  if key.events * {Event.Read, Event.User, Event.Timer} != {} or broken:
    let rest = callReady(move s.getData(key.fd).readers, fd)
    if key.fd in s: s.getData(key.fd).readers = rest & s.getData(key.fd).readers
  if key.fd in s and (Event.Write in key.events or broken):
    let rest = callReady(move s.getData(key.fd).writers, fd)
    if key.fd in s: s.getData(key.fd).writers = rest & s.getData(key.fd).writers
  if key.fd in s:
    if key.events * {Event.User, Event.Timer} == {}: s.updateHandle(key.fd, s.getData(key.fd).events)
    elif s.getData(key.fd).readers.len == 0: s.unregister(key.fd)

proc processTimers(p: PDispatcher): bool =
  # Finishes those that are due, in their order, and not those that come meanwhile.
  let now = getMonoTime()
  var count = p.timers.len
  while count > 0 and now >= p.timers[0].finishAt:
    p.timers.pop().fut.complete()
    dec count
    result = true

proc waitingTime(p: PDispatcher, timeout: int): int =
  if p.callbacks.len > 0: return 0
  if p.timers.len == 0: return timeout
  let rest = max(int((p.timers[0].finishAt - getMonoTime()).inMilliseconds) + 1, 0)
  if timeout == -1: rest else: min(timeout, rest)

proc runOnce(timeout: int) =
  let p = getGlobalDispatcher()
  if not hasPendingOperations(): raise newException(ValueError, "No handles or timers registered in dispatcher.")
  discard p.processTimers
  var keys: array[64, ReadyKey]
  for i in 0 ..< p.selector.selectInto(p.waitingTime(timeout), keys):
    if keys[i].fd in p.selector: p.processReady(keys[i])
  discard p.processTimers
  while p.callbacks.len > 0:
    let callback = p.callbacks.popFirst()
    callback()

proc poll*(timeout = 500) =
  ## Waits for something to happen, at most so many milliseconds, and deals with it. ValueError when there is nothing to
  ## wait for.
  runOnce(timeout)

proc drain*(timeout = 500) =
  ## Deals with everything that happens for so many milliseconds, until there is nothing left to wait for.
  let start = getMonoTime()
  var rest = timeout
  while hasPendingOperations():
    runOnce(rest)
    rest = timeout - int((getMonoTime() - start).inMilliseconds)
    if rest < 0: break

proc runForever*() =
  ## Deals with whatever happens, for ever.
  while true: poll()

proc waitFor*[T](fut: Future[T]): T =
  ## Deals with what happens until the future is finished, and gives its value; what it failed with is raised.
  while not fut.finished: poll()
  fut.read

proc finishAfter(fut: Future[void], wait: Duration) = getGlobalDispatcher().timers.push((getMonoTime() + wait, fut))

proc sleepAsync*(ms: int | float): owned(Future[void]) =
  ## Finished after so many milliseconds.
  result = newFuture[void]("sleepAsync")
  let wait = when ms is int: initDuration(milliseconds = ms) else: initDuration(nanoseconds = int64(ms * 1_000_000))
  finishAfter(result, wait)

proc withTimeout*[T](fut: Future[T], timeout: int): owned(Future[bool]) =
  ## True when the future is finished within so many milliseconds, and false when it is not.
  let inTime = newFuture[bool]("asyncdispatch.`withTimeout`")
  let late = sleepAsync(timeout)
  fut.callback = proc () =
    if not inTime.finished:
      if fut.failed: inTime.fail(fut.error)
      else: inTime.complete(true)
  late.callback = proc () =
    if not inTime.finished: inTime.complete(false)
  inTime

proc readAll*(future: FutureStream[string]): owned(Future[string]) {.async.} =
  ## Everything that comes through the stream.
  result = ""
  while true:
    let (there, value) = await future.read()
    if not there: break
    result.add value

proc activeDescriptors*(): int = getGlobalDispatcher().selector.count
  ## How many files and sockets the dispatcher knows.

include private/asyncsockets
