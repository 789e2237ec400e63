## Sockets whose reading and writing can be awaited. Without SSL.

import std/[asyncdispatch, nativesockets, net, os]

export SOBool

type
  AsyncSocketDesc = object
    fd: SocketHandle
    closed, isBuffered: bool
    buffer: string # What was read and not asked for yet begins at `at`.
    at: int
    domain: Domain
    sockType: SockType
    protocol: Protocol
  AsyncSocket* = ref AsyncSocketDesc
    ## A socket.

proc newAsyncSocket*(fd: AsyncFD, domain: Domain = AF_INET, sockType: SockType = SOCK_STREAM,
                     protocol: Protocol = IPPROTO_TCP, buffered = true, inheritable = false): owned(AsyncSocket) =
  ## A socket that the dispatcher knows.
  let handle = SocketHandle(fd)
  assert handle != osInvalidSocket
  handle.setBlocking(false)
  if not handle.setInheritable(inheritable): raiseOSError(osLastError())
  AsyncSocket(fd: handle, isBuffered: buffered, domain: domain, sockType: sockType, protocol: protocol)

proc newAsyncSocket*(domain: Domain = AF_INET, sockType: SockType = SOCK_STREAM, protocol: Protocol = IPPROTO_TCP,
                     buffered = true, inheritable = false): owned(AsyncSocket) =
  ## A new socket.
  let fd = createAsyncNativeSocket(domain, sockType, protocol, inheritable)
  if SocketHandle(fd) == osInvalidSocket: raiseOSError(osLastError())
  newAsyncSocket(fd, domain, sockType, protocol, buffered, inheritable)

proc newAsyncSocket*(domain, sockType, protocol: cint, buffered = true, inheritable = false): owned(AsyncSocket) =
  ## A new socket, by the system's numbers.
  let fd = createAsyncNativeSocket(domain, sockType, protocol, inheritable)
  if SocketHandle(fd) == osInvalidSocket: raiseOSError(osLastError())
  newAsyncSocket(fd, Domain(domain), SockType(sockType), Protocol(protocol), buffered, inheritable)

proc getLocalAddr*(socket: AsyncSocket): (string, Port) = getLocalAddr(socket.fd, socket.domain)
  ## Its address and port.
proc getPeerAddr*(socket: AsyncSocket): (string, Port) = getPeerAddr(socket.fd, socket.domain)
  ## Those of the other end.
proc getFd*(socket: AsyncSocket): SocketHandle = socket.fd
  ## The system's socket.
proc isClosed*(socket: AsyncSocket): bool = socket.closed
  ## Is it closed?
proc isSsl*(socket: AsyncSocket): bool = false
  ## There is no SSL.
proc hasDataBuffered*(s: AsyncSocket): bool = s.at < s.buffer.len
  ## Is there something that was read already?

proc getSockOpt*(socket: AsyncSocket, opt: SOBool, level = SOL_SOCKET): bool =
  ## Is the option on?
  getSockOptInt(socket.fd, cint(level), toCInt(opt)) != 0

proc setSockOpt*(socket: AsyncSocket, opt: SOBool, value: bool, level = SOL_SOCKET) =
  ## Turns it on or off.
  setSockOptInt(socket.fd, cint(level), toCInt(opt), ord(value))

proc close*(socket: AsyncSocket) =
  ## Closes it. Who waits for it hears that.
  if socket.closed: return
  socket.closed = true
  closeSocket(AsyncFD(socket.fd))

# Connections

proc dial*(address: string, port: Port, protocol = IPPROTO_TCP, buffered = true): owned(Future[AsyncSocket]) {.async.} =
  ## Connects to a host and port in whatever way it can be reached.
  let fd = await asyncdispatch.dial(address, port, protocol)
  return newAsyncSocket(fd, getSockDomain(SocketHandle(fd)), protocol.toSockType(), protocol, buffered)

proc connect*(socket: AsyncSocket, address: string, port: Port) {.async.} =
  ## Connects to a host and port.
  await connect(AsyncFD(socket.fd), address, port, socket.domain)

proc acceptAddr*(socket: AsyncSocket, flags = {SocketFlag.SafeDisconn},
                 inheritable = false): owned(Future[tuple[address: string, client: AsyncSocket]]) {.async.} =
  ## A socket to another end that connects, and where that is.
  let (address, client) = await acceptAddr(AsyncFD(socket.fd), flags, inheritable)
  return (address, newAsyncSocket(client, socket.domain, socket.sockType, socket.protocol, socket.isBuffered, inheritable))

proc accept*(socket: AsyncSocket, flags = {SocketFlag.SafeDisconn}): owned(Future[AsyncSocket]) {.async.} =
  ## A socket to another end that connects.
  let (_, client) = await acceptAddr(socket, flags)
  return client

proc listen*(socket: AsyncSocket, backlog = SOMAXCONN) =
  ## Has it wait for others that connect.
  if listen(socket.fd, backlog) < 0: raiseOSError(osLastError())

proc bindAddr*(socket: AsyncSocket, port = Port(0), address = "") =
  ## Gives it a port, and an address of this host.
  let host =
    if address.len > 0: address
    elif socket.domain == AF_INET6: "::"
    elif socket.domain == AF_INET: "0.0.0.0"
    else: raise newException(ValueError, "Unknown socket address family and no address specified to bindAddr")
  let list = getAddrInfo(host, port, socket.domain)
  let failed = bindAddr(socket.fd, list.ai_addr, list.ai_addrlen) < 0
  freeaddrinfo(list)
  if failed: raiseOSError(osLastError())

proc unixLength(address: Sockaddr_un, path: string): SockLen = SockLen(sizeof(address.sun_family) + path.len)

proc connectUnix*(socket: AsyncSocket, path: string): owned(Future[void]) =
  ## Connects to a socket that is a file.
  let fut = newFuture[void]("connectUnix")
  result = fut
  var address = makeUnixAddr(path)
  if connect(socket.fd, cast[ptr SockAddr](addr address), address.unixLength(path)) == 0:
    fut.complete()
    return
  let error = osLastError()
  if cint(error) notin [EINTR, EINPROGRESS]:
    fut.fail(newException(OSError, osErrorMsg(error)))
    return
  addWrite(AsyncFD(socket.fd), proc (fd: AsyncFD): bool =
    let error = getSockOptInt(SocketHandle(fd), SOL_SOCKET, SO_ERROR)
    if error == int(EINTR): return false
    if error == 0: fut.complete()
    else: fut.fail(newException(OSError, osErrorMsg(OSErrorCode(error))))
    true)

proc bindUnix*(socket: AsyncSocket, path: string) =
  ## Makes it a file.
  var address = makeUnixAddr(path)
  if bindAddr(socket.fd, cast[ptr SockAddr](addr address), address.unixLength(path)) != 0: raiseOSError(osLastError())

# Reading

proc fill(socket: AsyncSocket, flags: set[SocketFlag]): Future[bool] {.async.} =
  # Reads into the buffer, which is used up; false at the end.
  socket.buffer = await recv(AsyncFD(socket.fd), BufferSize, flags - {SocketFlag.Peek})
  socket.at = 0
  return socket.buffer.len > 0

proc recv*(socket: AsyncSocket, size: int, flags = {SocketFlag.SafeDisconn}): owned(Future[string]) {.async.} =
  ## So many bytes, fewer only at the end. One that is not buffered gives what there is.
  assert not socket.closed, "Cannot `recv` on a closed socket"
  if not socket.isBuffered: return await recv(AsyncFD(socket.fd), size, flags)
  result = ""
  if not socket.hasDataBuffered and size > 0 and not await socket.fill(flags): return
  let first = socket.at
  while result.len < size:
    if not socket.hasDataBuffered:
      if SocketFlag.Peek in flags or not await socket.fill(flags): break
    let count = min(socket.buffer.len - socket.at, size - result.len)
    result.add socket.buffer.substr(socket.at, socket.at + count - 1)
    socket.at += count
  if SocketFlag.Peek in flags: socket.at = first

proc recvInto*(socket: AsyncSocket, buf: pointer, size: int,
               flags = {SocketFlag.SafeDisconn}): owned(Future[int]) {.async.} =
  ## The same, into memory; gives how many bytes there were.
  if not socket.isBuffered:
    assert not socket.closed, "Cannot `recv` on a closed socket"
    return await recvInto(AsyncFD(socket.fd), buf, size, flags)
  let data = await socket.recv(size, flags)
  if data.len > 0: copyMem(buf, unsafeAddr data[0], data.len)
  return data.len

proc recvLine*(socket: AsyncSocket, flags = {SocketFlag.SafeDisconn},
               maxLength = MaxLineLength): owned(Future[string]) {.async.} =
  ## A line without its break; one that is empty is `"\r\n"`. Nothing when the other end has gone.
  assert SocketFlag.Peek notin flags
  result = ""
  var carriage = false
  while true:
    var c: char
    if socket.isBuffered:
      if not socket.hasDataBuffered and not await socket.fill(flags): return ""
      c = socket.buffer[socket.at]
      inc socket.at
    else:
      let one = await socket.recv(1, flags)
      if one.len == 0: return ""
      c = one[0]
    if c == '\l' or carriage: break
    carriage = c == '\r'
    if not carriage: result.add c
    if result.len > maxLength: return
  if result.len == 0: result = "\c\l"

proc recvLineInto*(socket: AsyncSocket, resString: FutureVar[string], flags = {SocketFlag.SafeDisconn},
                   maxLength = MaxLineLength) {.async.} =
  ## Adds the line to what `resString` has.
  let line = await socket.recvLine(flags, maxLength)
  if line.len == 0: resString.mget.setLen 0
  elif line != "\c\l" or resString.mget.len == 0: resString.mget.add line
  resString.complete()

# Writing

proc send*(socket: AsyncSocket, buf: pointer, size: int, flags = {SocketFlag.SafeDisconn}) {.async.} =
  ## Sends bytes, which must stay there until it is done.
  assert not socket.closed, "Cannot `send` on a closed socket"
  await send(AsyncFD(socket.fd), buf, size, flags)

proc send*(socket: AsyncSocket, data: string, flags = {SocketFlag.SafeDisconn}) {.async.} =
  ## Sends a string.
  assert not socket.closed, "Cannot `send` on a closed socket"
  await send(AsyncFD(socket.fd), data, flags)

# Datagrams

proc sendTo*(socket: AsyncSocket, address: string, port: Port, data: string,
             flags = {SocketFlag.SafeDisconn}): owned(Future[void]) {.async.} =
  ## Sends a datagram.
  assert socket.protocol != IPPROTO_TCP, "Cannot `sendTo` on a TCP socket. Use `send` instead"
  assert not socket.closed, "Cannot `sendTo` on a closed socket"
  let list = getAddrInfo(address, port, socket.domain, socket.sockType, socket.protocol)
  defer: freeaddrinfo(list)
  var last: ref Exception
  var it = list
  while it != nil:
    let attempt = sendTo(AsyncFD(socket.fd), cstring(data), data.len, it.ai_addr, it.ai_addrlen, flags)
    yield attempt
    if not attempt.failed: return
    last = attempt.error
    it = it.ai_next
  if last != nil: raise last
  raise newException(IOError, "Couldn't resolve address: " & address)

proc recvFrom*(socket: AsyncSocket, size: int, flags = {SocketFlag.SafeDisconn}):
    owned(Future[tuple[data: string, address: string, port: Port]]) {.async.} =
  ## A datagram, and where it came from.
  assert socket.protocol != IPPROTO_TCP, "Cannot `recvFrom` on a TCP socket. Use `recv` or `recvInto` instead"
  assert not socket.closed, "Cannot `recvFrom` on a closed socket"
  if socket.domain notin {AF_INET, AF_INET6}: raise newException(ValueError, "Unknown socket address family")
  var data = newString(size)
  var source: Sockaddr_storage
  var length = SockLen(sizeof(source))
  let count = await recvFromInto(AsyncFD(socket.fd), cstring(data), size, cast[ptr SockAddr](addr source), addr length, flags)
  data.setLen count
  let port = Port(nativesockets.ntohs(cast[ptr Sockaddr_in](addr source).sin_port))
  return (data, getAddrString(cast[ptr SockAddr](addr source)), port)

proc recvFrom*(socket: AsyncSocket, data: FutureVar[string], size: int, address: FutureVar[string],
               port: FutureVar[Port], flags = {SocketFlag.SafeDisconn}): owned(Future[int]) {.async.} =
  ## The same, into three variables, of which `data` has `size` bytes and `address` 46.
  assert size == data.mget.len, "`date` was not initialized correctly. `size` != `len(data.mget())`"
  assert address.mget.len == 46, "`address` was not initialized correctly. 46 != `len(address.mget())`"
  let datagram = await socket.recvFrom(size, flags)
  data.complete(datagram.data)
  address.complete(datagram.address)
  port.complete(datagram.port)
  return datagram.data.len
