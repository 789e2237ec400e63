# A part of `asyncdispatch`: sockets. What has to wait is tried again when the socket is ready.

proc waits(code: OSErrorCode): bool = cint(code) in [EINTR, EAGAIN, EWOULDBLOCK]

proc createAsyncNativeSocket*(domain, sockType, protocol: cint, inheritable = false): AsyncFD =
  ## A new socket that the dispatcher knows, by the system's numbers; `osInvalidSocket` when that fails.
  let handle = createNativeSocket(domain, sockType, protocol, inheritable)
  if handle == osInvalidSocket: return AsyncFD(handle)
  handle.setBlocking(false)
  register(AsyncFD(handle))
  AsyncFD(handle)

proc createAsyncNativeSocket*(domain: Domain = Domain.AF_INET, sockType: SockType = SockType.SOCK_STREAM,
                              protocol: Protocol = Protocol.IPPROTO_TCP, inheritable = false): AsyncFD =
  ## A new socket that the dispatcher knows.
  createAsyncNativeSocket(toInt(domain), toInt(sockType), toInt(protocol), inheritable)

proc closeSocket*(sock: AsyncFD) =
  ## Forgets and closes a socket. Who waits for it hears that it is closed.
  let waiting = dataOf(sock)
  unregister(sock)
  nativesockets.close(SocketHandle(sock))
  for callback in waiting.readers & waiting.writers:
    if not callback(sock):
      raise newException(ValueError, "Expecting async operations to stop when fd has closed.")

proc received[T](fut: Future[T], count: int, gone: T, flags: set[SocketFlag], value: proc (count: int): T): bool =
  # Ends the future with what a call that reads has given; false when it has to wait.
  if count >= 0:
    fut.complete(value(count))
    return true
  let error = osLastError()
  if waits(error): return false
  if flags.isDisconnectionError(error): fut.complete(gone)
  else: fut.fail(newException(OSError, osErrorMsg(error)))
  true

proc recv*(socket: AsyncFD, size: int, flags = {SocketFlag.SafeDisconn}): owned(Future[string]) =
  ## At most so many bytes; none when the other end has gone.
  let fut = newFuture[string]("recv")
  var buffer = newString(size)
  addRead(socket, proc (sock: AsyncFD): bool =
    let count = posix.recv(SocketHandle(sock), cstring(buffer), size, flags.toOSFlags())
    fut.received(count, "", flags, proc (count: int): string = buffer.substr(0, count - 1)))
  fut

proc recvInto*(socket: AsyncFD, buf: pointer, size: int, flags = {SocketFlag.SafeDisconn}): owned(Future[int]) =
  ## Reads into memory; gives how many bytes there were.
  let fut = newFuture[int]("recvInto")
  addRead(socket, proc (sock: AsyncFD): bool =
    let count = posix.recv(SocketHandle(sock), buf, size, flags.toOSFlags())
    fut.received(count, 0, flags, proc (count: int): int = count))
  fut

proc recvFromInto*(socket: AsyncFD, data: pointer, size: int, saddr: ptr SockAddr, saddrLen: ptr SockLen,
                   flags = {SocketFlag.SafeDisconn}): owned(Future[int]) =
  ## Reads a datagram into memory, and where it came from.
  let fut = newFuture[int]("recvFromInto")
  addRead(socket, proc (sock: AsyncFD): bool =
    let count = posix.recvfrom(SocketHandle(sock), data, size, flags.toOSFlags(), saddr, saddrLen)
    fut.received(count, 0, {}, proc (count: int): int = count))
  fut

proc sendAll(socket: AsyncFD, fut: Future[void], size: int, flags: set[SocketFlag],
             rest: proc (written: int): int {.closure, gcsafe.}) =
  # Has `rest` send what comes after the first bytes, until all is sent.
  var written = 0
  addWrite(socket, proc (sock: AsyncFD): bool =
    let count = rest(written)
    if count >= 0:
      written += count
      if written < size: return false
      fut.complete()
      return true
    let error = osLastError()
    if waits(error): return false
    if flags.isDisconnectionError(error): fut.complete()
    else: fut.fail(newOSError(error))
    true)

proc send*(socket: AsyncFD, buf: pointer, size: int, flags = {SocketFlag.SafeDisconn}): owned(Future[void]) =
  ## Sends bytes, which must stay there until it is done.
  result = newFuture[void]("send")
  socket.sendAll(result, size, flags, proc (written: int): int =
    posix.send(SocketHandle(socket), cast[pointer](cast[int](buf) + written), size - written, MSG_NOSIGNAL))

proc send*(socket: AsyncFD, data: string, flags = {SocketFlag.SafeDisconn}): owned(Future[void]) =
  ## Sends a string.
  result = newFuture[void]("send")
  if data.len == 0: result.complete()
  else:
    socket.sendAll(result, data.len, flags, proc (written: int): int =
      posix.send(SocketHandle(socket), unsafeAddr data[written], data.len - written, MSG_NOSIGNAL))

proc sendTo*(socket: AsyncFD, data: pointer, size: int, saddr: ptr SockAddr, saddrLen: SockLen,
             flags = {SocketFlag.SafeDisconn}): owned(Future[void]) =
  ## Sends a datagram, whose bytes must stay there until it is done.
  result = newFuture[void]("sendTo")
  var address: Sockaddr_storage
  copyMem(addr address, saddr, min(int(saddrLen), sizeof(address)))
  socket.sendAll(result, 0, {}, proc (written: int): int =
    posix.sendto(SocketHandle(socket), data, size, MSG_NOSIGNAL, cast[ptr SockAddr](addr address), saddrLen))

proc acceptAddr*(socket: AsyncFD, flags = {SocketFlag.SafeDisconn},
                 inheritable = false): owned(Future[tuple[address: string, client: AsyncFD]]) =
  ## A socket to another end that connects, and where that is.
  let fut = newFuture[tuple[address: string, client: AsyncFD]]("acceptAddr")
  addRead(socket, proc (sock: AsyncFD): bool =
    var address: Sockaddr_storage
    var length = SockLen(sizeof(address))
    let client = accept4(SocketHandle(sock), cast[ptr SockAddr](addr address), addr length,
      if inheritable: 0.cint else: SOCK_CLOEXEC)
    if client == osInvalidSocket:
      let error = osLastError()
      if waits(error) or flags.isDisconnectionError(error): return false
      fut.fail(newException(OSError, osErrorMsg(error)))
      return true
    try:
      let name = getAddrString(cast[ptr SockAddr](addr address))
      register(AsyncFD(client))
      fut.complete((name, AsyncFD(client)))
    except CatchableError:
      nativesockets.close(client)
      fut.fail(getCurrentException())
    true)
  fut

proc accept*(socket: AsyncFD, flags = {SocketFlag.SafeDisconn}, inheritable = false): owned(Future[AsyncFD]) {.async.} =
  ## A socket to another end that connects.
  let (_, client) = await acceptAddr(socket, flags, inheritable)
  return client

proc connectTo(socket: AsyncFD, to: ptr AddrInfo): Future[void] =
  let fut = newFuture[void]("doConnect")
  if posix.connect(SocketHandle(socket), to.ai_addr, to.ai_addrlen) == 0:
    fut.complete()
    return fut
  let error = osLastError()
  if cint(error) notin [EINTR, EINPROGRESS]:
    fut.fail(newException(OSError, osErrorMsg(error)))
    return fut
  addWrite(socket, proc (fd: AsyncFD): bool =
    let error = getSockOptInt(SocketHandle(fd), SOL_SOCKET, SO_ERROR)
    if error == int(EINTR): return false
    if error == 0: fut.complete()
    else: fut.fail(newException(OSError, osErrorMsg(OSErrorCode(error))))
    true)
  fut

proc connect*(socket: AsyncFD, address: string, port: Port, domain = Domain.AF_INET): owned(Future[void]) {.async.} =
  ## Connects to a host and port.
  assert getSockDomain(SocketHandle(socket)) == domain
  let list = getAddrInfo(address, port, domain)
  defer: freeaddrinfo(list)
  var last: ref Exception
  var it = list
  while it != nil:
    let attempt = socket.connectTo(it)
    yield attempt
    if not attempt.failed: return
    last = attempt.error
    it = it.ai_next
  if last != nil: raise last
  raise newException(IOError, "Couldn't resolve address: " & address)

proc dial*(address: string, port: Port, protocol = Protocol.IPPROTO_TCP): owned(Future[AsyncFD]) {.async.} =
  ## Connects to a host and port in whatever way it can be reached.
  let sockType = protocol.toSockType()
  let list = getAddrInfo(address, port, Domain.AF_UNSPEC, sockType, protocol)
  defer: freeaddrinfo(list)
  var last: ref Exception
  var it = list
  while it != nil:
    let domain = toKnownDomain(it.ai_family)
    if domain.isSome:
      let socket = createAsyncNativeSocket(domain.get, sockType, protocol)
      if SocketHandle(socket) == osInvalidSocket: raiseOSError(osLastError())
      let attempt = socket.connectTo(it)
      yield attempt
      if not attempt.failed: return socket
      last = attempt.error
      closeSocket(socket)
    it = it.ai_next
  if last != nil: raise last
  raise newException(IOError, "Couldn't resolve address: " & address)

proc maxDescriptors*(): int =
  ## How many files and sockets the program may have.
  int(sysconf(SC_OPEN_MAX))
