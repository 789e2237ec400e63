# Channels. The messages are a sequence of the channel's own, so that a reload finds and migrates them; what threads wait at is memory of
# C's, which never moves.

proc cMutexInit(lock, attributes: pointer): cint {.importc: "pthread_mutex_init", cdecl.}
proc cMutexDestroy(lock: pointer): cint {.importc: "pthread_mutex_destroy", cdecl.}
proc cMutexUnlock(lock: pointer): cint {.importc: "pthread_mutex_unlock", cdecl.}
proc cCondInit(cond, attributes: pointer): cint {.importc: "pthread_cond_init", cdecl.}
proc cCondDestroy(cond: pointer): cint {.importc: "pthread_cond_destroy", cdecl.}
proc cCondSignal(cond: pointer): cint {.importc: "pthread_cond_signal", cdecl.}
proc cCalloc(count, size: csize_t): pointer {.importc: "calloc", cdecl.}
proc cFree(p: pointer) {.importc: "free", cdecl.}

type
  ChannelGate = object
    lock: SysMutex
    filled, emptied: SysCond
    waiting: int # threads that wait for a message

  Channel*[TMsg] {.gcsafe.} = object
    ## Messages from threads to threads, first in, first out.
    gate: ptr ChannelGate # nil: it is not open
    maxItems: int
    first: int # messages before it have been taken
    queue: seq[TMsg]

proc `=copy`*[TMsg](x: var Channel[TMsg], y: Channel[TMsg]) {.error.}

proc open*[TMsg](c: var Channel[TMsg], maxItems: int = 0) =
  ## Before the first use. With `maxItems` above 0 so many messages fit in; who sends another waits.
  let gate = cast[ptr ChannelGate](cCalloc(1, csize_t(sizeof(ChannelGate))))
  if gate.isNil: outOfMemory()
  discard cMutexInit(addr gate.lock, nil)
  discard cCondInit(addr gate.filled, nil)
  discard cCondInit(addr gate.emptied, nil)
  c.gate = gate
  c.maxItems = maxItems
  c.first = 0
  c.queue = @[]

proc close*[TMsg](c: var Channel[TMsg]) =
  ## After the last use. Messages that nobody has taken are destroyed.
  let gate = c.gate
  if gate.isNil: return
  lockMutex(addr gate.lock)
  c.gate = nil
  c.queue = @[]
  discard cMutexUnlock(addr gate.lock)
  discard cCondDestroy(addr gate.filled)
  discard cCondDestroy(addr gate.emptied)
  discard cMutexDestroy(addr gate.lock)
  cFree(gate)

template count(c: untyped): int = c.queue.len - c.first

proc take[TMsg](c: var Channel[TMsg]): TMsg =
  # There is one.
  result = move(c.queue[c.first])
  inc c.first
  if c.first == c.queue.len:
    c.first = 0
    c.queue.setLen 0
  elif c.first >= 32 and c.first * 2 >= c.queue.len:
    for i in c.first ..< c.queue.len: c.queue[i - c.first] = move(c.queue[i])
    c.queue.setLen(c.queue.len - c.first)
    c.first = 0
  if c.maxItems > 0: discard cCondSignal(addr c.gate.emptied)

proc sendOn[TMsg](c: var Channel[TMsg], msg: var TMsg, patient: bool): bool =
  let gate = c.gate
  if gate.isNil: raise newException(DeadThreadDefect, "cannot send message; thread died")
  when not (TMsg is SomeNumber | bool | char | enum | string | pointer):
    rtCollectCycles() # what this thread knows of possible cycles: the objects are another's from now on
  lockMutex(addr gate.lock)
  if c.maxItems > 0:
    while c.count >= c.maxItems:
      if not patient:
        discard cMutexUnlock(addr gate.lock)
        return false
      waitCond(addr gate.emptied, addr gate.lock)
  c.queue.add(move(msg))
  discard cMutexUnlock(addr gate.lock)
  discard cCondSignal(addr gate.filled)
  true

proc send*[TMsg](c: var Channel[TMsg], msg: sink TMsg) =
  ## Puts a message in, waiting while the channel is full.
  discard sendOn(c, msg, true)

proc trySend*[TMsg](c: var Channel[TMsg], msg: sink TMsg): bool =
  ## Puts a message in unless the channel is full.
  sendOn(c, msg, false)

proc recv*[TMsg](c: var Channel[TMsg]): TMsg =
  ## Takes the next message, waiting for it.
  let gate = c.gate
  if gate.isNil: raise newException(DeadThreadDefect, "cannot receive message; the channel is not open")
  lockMutex(addr gate.lock)
  inc gate.waiting
  while c.count == 0: waitCond(addr gate.filled, addr gate.lock)
  dec gate.waiting
  result = take(c)
  discard cMutexUnlock(addr gate.lock)

proc tryRecv*[TMsg](c: var Channel[TMsg]): tuple[dataAvailable: bool, msg: TMsg] =
  ## Takes the next message if there is one and nobody else uses the channel just now.
  let gate = c.gate
  if gate.isNil or cMutexTryLock(addr gate.lock) != 0: return
  if c.count > 0:
    result.msg = take(c)
    result.dataAvailable = true
  discard cMutexUnlock(addr gate.lock)

proc peek*[TMsg](c: var Channel[TMsg]): int =
  ## How many messages there are; -1 when the channel is not open.
  let gate = c.gate
  if gate.isNil: return -1
  lockMutex(addr gate.lock)
  result = c.count
  discard cMutexUnlock(addr gate.lock)

proc ready*[TMsg](c: var Channel[TMsg]): bool =
  ## Does a thread wait for a message?
  not c.gate.isNil and c.gate.waiting > 0
