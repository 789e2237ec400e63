## Sockets: connections to other programs, and datagrams. Without SSL.
##
## Who waits for another program is parked: a reload goes on without it.

import std/[monotimes, nativesockets, options, os, posix, strutils, times, private/blocking]

export nativesockets.Port, nativesockets.`$`, nativesockets.`==`
export nativesockets.Domain, nativesockets.SockType, nativesockets.Protocol

when defined(ssl): {.error: "not supported yet: 'net' with SSL".}

include private/ipaddress

const
  BufferSize*: int = 4000 ## How much a buffered socket reads at once.
  MaxLineLength* = 1_000_000 ## How long a line may be, if nothing else is said.

type
  SslContext* = ref object
    ## There is no SSL.
  SocketImpl* = object
    fd: SocketHandle
    isBuffered: bool
    buffer: string # What was read and not asked for yet begins at `at`.
    at: int
    lastError: OSErrorCode
    domain: Domain
    sockType: SockType
    protocol: Protocol
  Socket* = ref SocketImpl
    ## A socket.
  SOBool* = enum ## Options that are on or off.
    OptAcceptConn, OptBroadcast, OptDebug, OptDontRoute, OptKeepAlive, OptOOBInline, OptReuseAddr, OptReusePort, OptNoDelay
  ReadLineResult* = enum ## How a line ended.
    ReadFullLine, ReadPartialLine, ReadDisconnected, ReadNone
  TimeoutError* = object of CatchableError
    ## It took too long.
  SocketFlag* {.pure.} = enum ## What an operation shall do.
    Peek, ## Leave there what it reads.
    SafeDisconn ## Raise nothing when the other end has gone.

# Addresses of the system

proc toSockAddr*(address: IpAddress, port: Port, sa: var Sockaddr_storage, sl: var SockLen) =
  ## The system's form of an address.
  case address.family
  of IpAddressFamily.IPv4:
    let to = cast[ptr Sockaddr_in](addr sa)
    to.sin_family = TSa_Family(posix.AF_INET)
    to.sin_port = posix.htons(uint16(port))
    copyMem(addr to.sin_addr, unsafeAddr address.address_v4, 4)
    sl = SockLen(sizeof(Sockaddr_in))
  of IpAddressFamily.IPv6:
    let to = cast[ptr Sockaddr_in6](addr sa)
    to.sin6_family = TSa_Family(posix.AF_INET6)
    to.sin6_port = posix.htons(uint16(port))
    copyMem(addr to.sin6_addr, unsafeAddr address.address_v6, 16)
    sl = SockLen(sizeof(Sockaddr_in6))

proc fromSockAddr*(sa: Sockaddr_storage | SockAddr | Sockaddr_in | Sockaddr_in6, sl: SockLen, address: var IpAddress,
                   port: var Port) =
  ## The address that the system gives.
  let family = cint(cast[ptr SockAddr](unsafeAddr sa).sa_family)
  if family == posix.AF_INET and sl == SockLen(sizeof(Sockaddr_in)):
    address = IpAddress(family: IpAddressFamily.IPv4)
    let source = cast[ptr Sockaddr_in](unsafeAddr sa)
    copyMem(addr address.address_v4, addr source.sin_addr, 4)
    port = Port(posix.ntohs(source.sin_port))
  elif family == posix.AF_INET6 and sl == SockLen(sizeof(Sockaddr_in6)):
    address = IpAddress(family: IpAddressFamily.IPv6)
    let source = cast[ptr Sockaddr_in6](unsafeAddr sa)
    copyMem(addr address.address_v6, addr source.sin6_addr, 16)
    port = Port(posix.ntohs(source.sin6_port))
  else:
    raise newException(ValueError, "Neither IPv4 nor IPv6")

# Errors

proc isDisconnectionError*(flags: set[SocketFlag], lastError: OSErrorCode): bool =
  ## Is it the other end's going, which is no error with `SafeDisconn`?
  SocketFlag.SafeDisconn in flags and cint(lastError) in [ECONNRESET, EPIPE, ENETRESET]

proc toOSFlags*(socketFlags: set[SocketFlag]): cint =
  ## The system's flags.
  if SocketFlag.Peek in socketFlags: result = MSG_PEEK

proc getSocketError*(socket: Socket): OSErrorCode =
  ## The last error. OSError when there was none.
  result = osLastError()
  if int32(result) == 0: result = socket.lastError
  if int32(result) == 0: raiseOSError(result, "No valid socket error code available")

proc socketError*(socket: Socket, err: int = -1, async = false, lastError = OSErrorCode(-1), flags: set[SocketFlag] = {}) =
  ## Raises what has happened, unless the flags or `async` let it pass.
  if err != -1: return
  let error = if int32(lastError) == -1: getSocketError(socket) else: lastError
  if flags.isDisconnectionError(error): return
  if async and cint(error) in [EAGAIN, EWOULDBLOCK]: return
  raiseOSError(error)

# Making sockets

proc newSocket*(fd: SocketHandle, domain: Domain = AF_INET, sockType: SockType = SOCK_STREAM,
                protocol: Protocol = IPPROTO_TCP, buffered = true): owned(Socket) =
  ## A socket that the system has made.
  assert fd != osInvalidSocket
  Socket(fd: fd, domain: domain, sockType: sockType, protocol: protocol, isBuffered: buffered)

proc newSocket*(domain, sockType, protocol: cint, buffered = true, inheritable = false): owned(Socket) =
  ## A new socket, by the system's numbers.
  let fd = createNativeSocket(domain, sockType, protocol, inheritable)
  if fd == osInvalidSocket: raiseOSError(osLastError())
  newSocket(fd, buffered = buffered)

proc newSocket*(domain: Domain = AF_INET, sockType: SockType = SOCK_STREAM, protocol: Protocol = IPPROTO_TCP,
                buffered = true, inheritable = false): owned(Socket) =
  ## A new socket.
  let fd = createNativeSocket(domain, sockType, protocol, inheritable)
  if fd == osInvalidSocket: raiseOSError(osLastError())
  newSocket(fd, domain, sockType, protocol, buffered)

proc getFd*(socket: Socket): SocketHandle = socket.fd
  ## The system's socket.
proc isSsl*(socket: Socket): bool = false
  ## There is no SSL.
proc hasDataBuffered*(s: Socket): bool = s.at < s.buffer.len
  ## Is there something that was read already?
proc isClosed(socket: Socket): bool = socket.fd == osInvalidSocket

proc close*(socket: Socket, flags = {SocketFlag.SafeDisconn}) =
  ## Closes it.
  nativesockets.close(socket.fd)
  socket.fd = osInvalidSocket

proc toCInt*(opt: SOBool): cint =
  ## The system's number of an option.
  case opt
  of OptAcceptConn: SO_ACCEPTCONN
  of OptBroadcast: SO_BROADCAST
  of OptDebug: SO_DEBUG
  of OptDontRoute: SO_DONTROUTE
  of OptKeepAlive: SO_KEEPALIVE
  of OptOOBInline: SO_OOBINLINE
  of OptReuseAddr: SO_REUSEADDR
  of OptReusePort: SO_REUSEPORT
  of OptNoDelay: TCP_NODELAY

proc getSockOpt*(socket: Socket, opt: SOBool, level = SOL_SOCKET): bool = getSockOptInt(socket.fd, cint(level), toCInt(opt)) != 0
  ## Is the option on?
proc setSockOpt*(socket: Socket, opt: SOBool, value: bool, level = SOL_SOCKET) =
  ## Turns it on or off.
  setSockOptInt(socket.fd, cint(level), toCInt(opt), ord(value))

proc getLocalAddr*(socket: Socket): (string, Port) = getLocalAddr(socket.fd, socket.domain)
  ## Its address and port.
proc getPeerAddr*(socket: Socket): (string, Port) = getPeerAddr(socket.fd, socket.domain)
  ## Those of the other end.

# Waiting for connections

proc listen*(socket: Socket, backlog = SOMAXCONN) =
  ## Has it wait for others that connect.
  if nativesockets.listen(socket.fd, backlog) < 0: raiseOSError(osLastError())

proc bindAddr*(socket: Socket, port = Port(0), address = "") =
  ## Gives it a port, and an address of this host.
  let host =
    if address.len > 0: address
    elif socket.domain == AF_INET6: "::"
    elif socket.domain == AF_INET: "0.0.0.0"
    else: raise newException(ValueError, "Unknown socket address family and no address specified to bindAddr")
  let list = getAddrInfo(host, port, socket.domain)
  let failed = nativesockets.bindAddr(socket.fd, list.ai_addr, list.ai_addrlen) < 0
  freeaddrinfo(list)
  if failed:
    var quoted = ""
    quoted.addQuoted address
    raiseOSError(osLastError(), "address: " & quoted & " port: " & $port)

proc acceptAddr*(server: Socket, client: var owned(Socket), address: var string, flags = {SocketFlag.SafeDisconn},
                 inheritable = false) =
  ## Waits for another end. Gives a socket to it, and where it is.
  while true:
    let (fd, name) = accept(server.fd, inheritable)
    if fd != osInvalidSocket:
      address = name
      client = newSocket(fd, server.domain, server.sockType, server.protocol, server.isBuffered)
      return
    let error = osLastError()
    if not flags.isDisconnectionError(error): raiseOSError(error)

proc accept*(server: Socket, client: var owned(Socket), flags = {SocketFlag.SafeDisconn}, inheritable = false) =
  ## Waits for another end and gives a socket to it.
  var address = ""
  server.acceptAddr(client, address, flags, inheritable)

# Connecting

proc tryConnect(fd: SocketHandle, to: ptr AddrInfo): OSErrorCode =
  let failed = cast[cint](callBlocking(cast[pointer](posix.connect), int(fd), cast[int](to.ai_addr), int(to.ai_addrlen)))
  if failed != 0: result = osLastError()

proc connectAny(socket: Socket, address: string, port: Port, started: openArray[cint]) =
  # Tries the addresses that a name stands for. Errors of `started` are none yet.
  let list = getAddrInfo(address, port, socket.domain)
  var error: OSErrorCode
  var it = list
  while it != nil:
    error = tryConnect(socket.fd, it)
    if int32(error) == 0 or cint(error) in started: break
    it = it.ai_next
  freeaddrinfo(list)
  if it.isNil: raiseOSError(error)

proc connect*(socket: Socket, address: string, port = Port(0)) = connectAny(socket, address, port, [])
  ## Connects to a host and port.

proc connectUnix*(socket: Socket, path: string) =
  ## Connects to a socket that is a file.
  var address = makeUnixAddr(path)
  let length = SockLen(sizeof(address.sun_family) + path.len)
  if posix.connect(socket.fd, cast[ptr SockAddr](addr address), length) != 0: raiseOSError(osLastError())

proc bindUnix*(socket: Socket, path: string) =
  ## Makes it a file.
  var address = makeUnixAddr(path)
  let length = SockLen(sizeof(address.sun_family) + path.len)
  if nativesockets.bindAddr(socket.fd, cast[ptr SockAddr](addr address), length) != 0: raiseOSError(osLastError())

proc ready(fd: SocketHandle, events: cshort, timeout: int): int =
  var poll = TPollfd(fd: cint(fd), events: events)
  int(cast[cint](callBlocking(cast[pointer](posix.poll), cast[int](addr poll), 1, timeout)))

proc connect*(socket: Socket, address: string, port = Port(0), timeout: int) =
  ## The same, within so many milliseconds; TimeoutError after that.
  socket.fd.setBlocking(false)
  connectAny(socket, address, port, [EINTR, EINPROGRESS])
  if ready(socket.fd, POLLOUT, timeout) != 1: raise newException(TimeoutError, "Call to 'connect' timed out.")
  let error = getSockOptInt(socket.fd, SOL_SOCKET, SO_ERROR)
  if error != 0: raiseOSError(OSErrorCode(error))
  socket.fd.setBlocking(true)

proc dial*(address: string, port: Port, protocol = IPPROTO_TCP, buffered = true): owned(Socket) =
  ## Connects to a host and port in whatever way it can be reached.
  let sockType = protocol.toSockType()
  let list = getAddrInfo(address, port, AF_UNSPEC, sockType, protocol)
  defer: freeaddrinfo(list)
  var error: OSErrorCode
  var it = list
  while it != nil:
    let domain = toKnownDomain(it.ai_family)
    if domain.isSome:
      result = newSocket(domain.get, sockType, protocol, buffered)
      error = tryConnect(result.fd, it)
      if int32(error) == 0: return
      result.close()
    it = it.ai_next
  if int32(error) != 0: raiseOSError(error)
  raise newException(IOError, "Couldn't resolve address: " & address)

# Reading

proc receive(socket: Socket, data: pointer, size: int, flags: cint = 0): int =
  assert not socket.isClosed, "Cannot `recv` on a closed socket"
  result = callBlocking(cast[pointer](posix.recv), int(socket.fd), cast[int](data), size, int(flags))
  if result < 0: socket.lastError = osLastError()

proc fill(socket: Socket): int =
  # Reads into the buffer, which is used up.
  socket.buffer.setLen BufferSize
  socket.at = 0
  result = socket.receive(addr socket.buffer[0], BufferSize)
  socket.buffer.setLen max(result, 0)

proc recv*(socket: Socket, data: pointer, size: int): int =
  ## Reads so many bytes, fewer at the end, and negative when it fails. One that is not buffered gives what is there.
  if size == 0: return 0
  if not socket.isBuffered: return socket.receive(data, size)
  while result < size:
    if not socket.hasDataBuffered:
      let count = socket.fill()
      if count <= 0: return if result > 0: result else: count
    let count = min(socket.buffer.len - socket.at, size - result)
    copyMem(cast[pointer](cast[int](data) + result), addr socket.buffer[socket.at], count)
    result += count
    socket.at += count

proc waitFor(socket: Socket, waited: var Duration, timeout, size: int, what: string): int =
  # How many bytes may be read without waiting any longer.
  if timeout == -1: return size
  if socket.hasDataBuffered: return min(socket.buffer.len - socket.at, size)
  let rest = timeout - int(waited.inMilliseconds)
  let start = getMonoTime()
  let found = if rest < 1: 0 else: ready(socket.fd, POLLIN or POLLPRI, rest)
  if found < 0: raiseOSError(osLastError())
  if found != 1: raise newException(TimeoutError, "Call to '" & what & "' timed out.")
  waited += getMonoTime() - start
  1

proc recv*(socket: Socket, data: pointer, size: int, timeout: int): int =
  ## The same, within so many milliseconds; TimeoutError after that.
  var waited: Duration
  while result < size:
    let there = socket.waitFor(waited, timeout, size - result, "recv")
    let count = socket.recv(cast[pointer](cast[int](data) + result), there)
    if count < 0: return count
    if count == 0: break
    result += count

proc recv*(socket: Socket, data: var string, size: int, timeout = -1, flags = {SocketFlag.SafeDisconn}): int =
  ## Reads into a string, and gives how many bytes there were: 0 when the other end has gone.
  data.setLen size
  let room = if size > 0: cast[pointer](addr data[0]) else: nil
  result = if timeout == -1: socket.recv(room, size) else: socket.recv(room, size, timeout)
  data.setLen max(result, 0)
  if result < 0: socket.socketError(result, lastError = getSocketError(socket), flags = flags)

proc recv*(socket: Socket, size: int, timeout = -1, flags = {SocketFlag.SafeDisconn}): string =
  ## Reads so many bytes; none when the other end has gone.
  discard recv(socket, result, size, timeout, flags)

proc peekChar(socket: Socket, c: var char): int =
  if not socket.isBuffered: return socket.receive(addr c, 1, MSG_PEEK)
  result = 1
  if not socket.hasDataBuffered: result = min(socket.fill(), 1)
  if result == 1: c = socket.buffer[socket.at]

proc readLine*(socket: Socket, line: var string, timeout = -1, flags = {SocketFlag.SafeDisconn},
               maxLength = MaxLineLength) =
  ## Reads a line without its break; one that is empty is `"\r\n"`. Nothing is there when the other end has gone.
  line.setLen 0
  var waited: Duration
  template failIf(count: int, gone: bool) =
    if gone:
      let error = getSocketError(socket)
      if flags.isDisconnectionError(error): line.setLen 0
      socket.socketError(count, lastError = error, flags = flags)
      return
  while true:
    var c: char
    discard socket.waitFor(waited, timeout, 1, "readLine")
    let count = socket.recv(addr c, 1)
    failIf(count, count < 0)
    if count == 0:
      line.setLen 0
      return
    if c == '\r':
      var next: char
      discard socket.waitFor(waited, timeout, 1, "readLine")
      let seen = socket.peekChar(next)
      failIf(seen, seen <= 0)
      if next == '\l': discard socket.recv(addr next, 1)
    if c in {'\r', '\l'}:
      if line.len == 0: line.add "\c\l"
      return
    line.add c
    if line.len > maxLength: return

proc recvLine*(socket: Socket, timeout = -1, flags = {SocketFlag.SafeDisconn}, maxLength = MaxLineLength): string =
  ## The line that `readLine` reads.
  readLine(socket, result, timeout, flags, maxLength)

proc recvFrom*(socket: Socket, data: var string, length: int, address: var string, port: var Port, flags = 0'i32): int =
  ## Waits for a datagram; gives its length and where it came from.
  assert socket.protocol != IPPROTO_TCP, "Cannot `recvFrom` on a TCP socket"
  if socket.domain notin {AF_INET, AF_INET6}: raise newException(ValueError, "Unknown socket address family")
  var source: Sockaddr_storage
  var size = SockLen(sizeof(source))
  data.setLen length
  discard ready(socket.fd, POLLIN, -1)
  result = posix.recvfrom(socket.fd, cstring(data), length, flags, cast[ptr SockAddr](addr source), addr size)
  if result == -1: raiseOSError(osLastError())
  data.setLen result
  address = getAddrString(cast[ptr SockAddr](addr source))
  port = Port(posix.ntohs(cast[ptr Sockaddr_in](addr source).sin_port))

proc skip*(socket: Socket, size: int, timeout = -1) =
  ## Passes over so many bytes.
  var waited: Duration
  var dropped = newString(max(size, 1))
  var skipped = 0
  while skipped != size:
    let there = socket.waitFor(waited, timeout, size - skipped, "skip")
    skipped += socket.recv(addr dropped[0], there)

# Writing

proc send*(socket: Socket, data: pointer, size: int): int =
  ## Writes bytes; gives how many, negative when it fails.
  assert not socket.isClosed, "Cannot `send` on a closed socket"
  callBlocking(cast[pointer](posix.send), int(socket.fd), cast[int](data), size, int(MSG_NOSIGNAL))

proc send*(socket: Socket, data: string, flags = {SocketFlag.SafeDisconn}) =
  ## Writes a string.
  let sent = socket.send(cstring(data), data.len)
  if sent < 0: socket.socketError(lastError = osLastError(), flags = flags)
  if sent != data.len: raiseOSError(osLastError(), "Could not send all data.")

template `&=`*(socket: Socket, data: typed) =
  ## Writes a string.
  send(socket, data)

proc trySend*(socket: Socket, data: string): bool = socket.send(cstring(data), data.len) == data.len
  ## Writes a string; false when that fails.

proc sendTo*(socket: Socket, address: string, port: Port, data: pointer, size: int, af: Domain = AF_INET,
             flags = 0'i32) =
  ## Sends a datagram.
  assert socket.protocol != IPPROTO_TCP, "Cannot `sendTo` on a TCP socket"
  assert not socket.isClosed, "Cannot `sendTo` on a closed socket"
  let list = getAddrInfo(address, port, af, socket.sockType, socket.protocol)
  var it = list
  while it != nil and posix.sendto(socket.fd, data, size, flags, it.ai_addr, it.ai_addrlen) == -1: it = it.ai_next
  let error = osLastError()
  freeaddrinfo(list)
  if it.isNil: raiseOSError(error)

proc sendTo*(socket: Socket, address: string, port: Port, data: string) =
  ## Sends a datagram.
  socket.sendTo(address, port, cstring(data), data.len, socket.domain)

proc getPrimaryIPAddr*(dest = parseIpAddress("8.8.8.8")): IpAddress =
  ## The address of this host that is used towards `dest`. Nothing is sent there.
  let domain = if dest.family == IpAddressFamily.IPv4: AF_INET else: AF_INET6
  let socket = newSocket(domain, SOCK_DGRAM, IPPROTO_UDP)
  defer: socket.close()
  socket.connect($dest, Port(80))
  parseIpAddress(socket.getLocalAddr()[0])
