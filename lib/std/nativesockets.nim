## Sockets as the system has them. `net` and `asyncnet` are easier to use.

import std/[os, options, posix, private/blocking]

export fcntl, F_GETFL, O_NONBLOCK, F_SETFL, EAGAIN, EWOULDBLOCK, MSG_NOSIGNAL, EINTR, EINPROGRESS, ECONNRESET, EPIPE,
  ENETRESET, EBADF, Sockaddr_storage, Sockaddr_un, Sockaddr_un_path_length, SocketHandle, Sockaddr_in, AddrInfo, INADDR_ANY,
  SockAddr, SockLen, Sockaddr_in6, recv, `==`, connect, send, accept, recvfrom, sendto, freeaddrinfo, inet_ntoa, SO_ERROR,
  SOL_SOCKET, SOMAXCONN, SO_ACCEPTCONN, SO_BROADCAST, SO_DEBUG, SO_DONTROUTE, SO_KEEPALIVE, SO_OOBINLINE, SO_REUSEADDR,
  SO_REUSEPORT, MSG_PEEK

type
  Port* = distinct uint16 ## Where at a host.
  Domain* = enum ## How hosts are addressed.
    AF_UNSPEC = 0, AF_UNIX = 1, AF_INET = 2, AF_INET6 = 23
  SockType* = enum ## How bytes travel.
    SOCK_STREAM = 1, SOCK_DGRAM = 2, SOCK_RAW = 3, SOCK_SEQPACKET = 5
  Protocol* = enum ## Which protocol they travel with.
    IPPROTO_TCP = 6, IPPROTO_UDP = 17, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_RAW, IPPROTO_ICMP, IPPROTO_ICMPV6
  Servent* = object ## A service with a name.
    name*: string
    aliases*: seq[string]
    port*: Port
    proto*: string
  Hostent* = object ## A host.
    name*: string
    aliases*: seq[string]
    addrtype*: Domain
    length*: int
    addrList*: seq[string]

const v4InV6 = "::ffff:"

let osInvalidSocket* = posix.INVALID_SOCKET ## What is no socket.

proc `==`*(a, b: Port): bool {.borrow.}
proc `$`*(p: Port): string {.borrow.}

proc toInt*(domain: Domain): cint =
  ## The system's number.
  case domain
  of AF_UNSPEC: posix.AF_UNSPEC
  of AF_UNIX: posix.AF_UNIX
  of AF_INET: posix.AF_INET
  of AF_INET6: posix.AF_INET6

proc toKnownDomain*(family: cint): Option[Domain] =
  ## What the system's number means.
  for domain in [AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6]:
    if toInt(domain) == family: return some(domain)

proc toInt*(typ: SockType): cint = cint(ord(typ))
  ## The system's number.

proc toInt*(p: Protocol): cint =
  ## The system's number.
  case p
  of IPPROTO_TCP: posix.IPPROTO_TCP
  of IPPROTO_UDP: posix.IPPROTO_UDP
  of IPPROTO_IP: posix.IPPROTO_IP
  of IPPROTO_IPV6: posix.IPPROTO_IPV6
  of IPPROTO_RAW: posix.IPPROTO_RAW
  of IPPROTO_ICMP: posix.IPPROTO_ICMP
  of IPPROTO_ICMPV6: posix.IPPROTO_ICMPV6

proc toSockType*(protocol: Protocol): SockType =
  ## The type of socket that goes with a protocol.
  case protocol
  of IPPROTO_TCP: SOCK_STREAM
  of IPPROTO_UDP: SOCK_DGRAM
  else: SOCK_RAW

proc getProtoByName*(name: string): int =
  ## The number of a protocol. OSError when nobody knows it.
  let found = posix.getprotobyname(cstring(name))
  if found.isNil: raise newException(OSError, "protocol not found")
  int(found.p_proto)

proc close*(socket: SocketHandle) = discard posix.close(socket)
  ## Closes it.

proc setInheritable*(s: SocketHandle, inheritable: bool): bool =
  ## Do programs that this one starts have it too?
  let flags = fcntl(s, F_GETFD)
  flags != -1 and fcntl(s, F_SETFD, if inheritable: flags and not FD_CLOEXEC else: flags or FD_CLOEXEC) != -1

proc createNativeSocket*(domain, sockType, protocol: cint, inheritable: bool = false): SocketHandle =
  ## A new socket, or `osInvalidSocket`.
  posix.socket(domain, (if inheritable: sockType and not SOCK_CLOEXEC else: sockType or SOCK_CLOEXEC), protocol)

proc createNativeSocket*(domain: Domain = AF_INET, sockType: SockType = SOCK_STREAM, protocol: Protocol = IPPROTO_TCP,
                         inheritable: bool = false): SocketHandle =
  ## A new socket, or `osInvalidSocket`.
  createNativeSocket(toInt(domain), toInt(sockType), toInt(protocol), inheritable)

proc bindAddr*(socket: SocketHandle, name: ptr SockAddr, namelen: SockLen): cint = bindSocket(socket, name, namelen)
  ## Gives it an address; not 0 when that fails.

proc listen*(socket: SocketHandle, backlog = SOMAXCONN): cint = posix.listen(socket, cint(backlog))
  ## Has it wait for others that connect; negative when that fails.

proc getAddrInfo*(address: string, port: Port, domain: Domain = AF_INET, sockType: SockType = SOCK_STREAM,
                  protocol: Protocol = IPPROTO_TCP): ptr AddrInfo =
  ## The addresses that a name stands for, to be given back with `freeaddrinfo`.
  var hints = AddrInfo(ai_family: toInt(domain), ai_socktype: toInt(sockType), ai_protocol: toInt(protocol))
  if domain == AF_INET6: hints.ai_flags = AI_V4MAPPED
  let service = if sockType == SOCK_RAW: "" else: $port
  let failure = cast[cint](callBlocking(cast[pointer](posix.getaddrinfo), cast[int](cstring(address)),
    cast[int](cstring(service)), cast[int](addr hints), cast[int](addr result)))
  if failure != 0: raiseOSError(osLastError(), $gai_strerror(failure))

proc ntohl*(x: uint32): uint32 = posix.ntohl(x)
  ## From the order of bytes on the way to that of the machine.
proc ntohs*(x: uint16): uint16 = posix.ntohs(x)
template htonl*(x: uint32): untyped = nativesockets.ntohl(x)
template htons*(x: uint16): untyped = nativesockets.ntohs(x)

proc service(found: ptr posix.Servent): Servent =
  if found.isNil: raiseOSError(osLastError(), "Service not found.")
  Servent(name: $found.s_name, aliases: cstringArrayToSeq(found.s_aliases), port: Port(cast[uint16](found.s_port)),
    proto: $found.s_proto)

proc getServByName*(name, proto: string): Servent = service(posix.getservbyname(cstring(name), cstring(proto)))
  ## The service of a name.

proc getServByPort*(port: Port, proto: string): Servent = service(posix.getservbyport(cint(uint16(port)), cstring(proto)))
  ## The service at a port.

proc host(found: ptr posix.Hostent): Hostent =
  let domain = toKnownDomain(found.h_addrtype)
  if domain notin [some(AF_INET), some(AF_INET6)]: raiseOSError(osLastError(), "unknown h_addrtype")
  result = Hostent(name: $found.h_name, aliases: cstringArrayToSeq(found.h_aliases), addrtype: domain.get,
    length: int(found.h_length))
  var i = 0
  while not found.h_addr_list[i].isNil:
    var text = newString(int(INET6_ADDRSTRLEN))
    discard inet_ntop(found.h_addrtype, found.h_addr_list[i], cstring(text), int32(text.len))
    result.addrList.add $cstring(text)
    inc i

proc getHostByAddr*(ip: string): Hostent =
  ## The host at an address of IPv4.
  var address = InAddr(s_addr: inet_addr(cstring(ip)))
  let found = cast[ptr posix.Hostent](callBlocking(cast[pointer](posix.gethostbyaddr), cast[int](addr address),
    sizeof(address), int(posix.AF_INET)))
  if found.isNil: raiseOSError(osLastError(), "Unknown host")
  host(found)

proc getHostByName*(name: string): Hostent =
  ## The host of a name.
  let found = cast[ptr posix.Hostent](callBlocking(cast[pointer](posix.gethostbyname), cast[int](cstring(name))))
  if found.isNil: raiseOSError(osLastError())
  host(found)

proc getHostname*(): string =
  ## This host's name.
  result = newString(256)
  if posix.gethostname(cstring(result), result.len) != 0: raiseOSError(osLastError())
  result.setLen cstring(result).len

proc text(family: cint, bytes: pointer): string =
  result = newString(int(INET6_ADDRSTRLEN))
  if inet_ntop(family, bytes, cstring(result), int32(result.len)).isNil: raiseOSError(osLastError())
  result.setLen cstring(result).len

proc getAddrString*(sockAddr: ptr SockAddr): string =
  ## An address as text.
  let family = cint(sockAddr.sa_family)
  if family == posix.AF_INET:
    result = text(family, addr cast[ptr Sockaddr_in](sockAddr).sin_addr)
  elif family == posix.AF_INET6:
    let bytes = addr cast[ptr Sockaddr_in6](sockAddr).sin6_addr
    result = text(family, bytes)
    if IN6_IS_ADDR_V4MAPPED(bytes) != 0: result = result.substr(v4InV6.len)
  elif family == posix.AF_UNIX:
    result = "unix"
  else:
    raise newException(IOError, "Unknown socket family in getAddrString")

proc getAddrString*(sockAddr: ptr SockAddr, strAddress: var string) =
  ## The same, into a string of 46 bytes.
  assert strAddress.len == 46, "`strAddress` was not initialized correctly. 46 != `len(strAddress)`"
  if cint(sockAddr.sa_family) == posix.AF_UNIX: raise newException(IOError, "Unknown socket family in getAddrString")
  strAddress = getAddrString(sockAddr)

proc makeUnixAddr*(path: string): Sockaddr_un =
  ## The address of a socket that is a file.
  if path.len >= Sockaddr_un_path_length: raise newException(ValueError, "socket path too long")
  result.sun_family = TSa_Family(posix.AF_UNIX)
  copyMem(addr result.sun_path, cstring(path), path.len + 1)

type NameGetter = proc (socket: SocketHandle, name: ptr SockAddr, length: ptr SockLen): cint {.cdecl.}

proc name(socket: SocketHandle, get: NameGetter): Sockaddr_storage =
  var length = SockLen(sizeof(result))
  if get(socket, cast[ptr SockAddr](addr result), addr length) == -1: raiseOSError(osLastError())

proc portOf(address: var Sockaddr_storage): Port =
  # It stands at the same place in both families.
  Port(ntohs(cast[ptr Sockaddr_in](addr address).sin_port))

proc getSockDomain*(socket: SocketHandle): Domain =
  ## How it is addressed.
  let domain = toKnownDomain(cint(socket.name(getsockname).ss_family))
  if domain.isNone: raise newException(IOError, "Unknown socket family in getSockDomain")
  domain.get

proc getSockName*(socket: SocketHandle): Port =
  ## Its port.
  var address = socket.name(getsockname)
  portOf(address)

proc where(socket: SocketHandle, domain: Domain, get: NameGetter): (string, Port) =
  if domain notin {AF_INET, AF_INET6}: raiseOSError(OSErrorCode(-1), "invalid socket family in getLocalAddr")
  var address = socket.name(get)
  let bytes: pointer =
    if domain == AF_INET: addr cast[ptr Sockaddr_in](addr address).sin_addr
    else: addr cast[ptr Sockaddr_in6](addr address).sin6_addr
  (text(toInt(domain), bytes), portOf(address))

proc getLocalAddr*(socket: SocketHandle, domain: Domain): (string, Port) = where(socket, domain, getsockname)
  ## Its address and port.

proc getPeerAddr*(socket: SocketHandle, domain: Domain): (string, Port) = where(socket, domain, getpeername)
  ## The address and port of the other end.

proc getSockOptInt*(socket: SocketHandle, level, optname: int): int =
  ## An option's value.
  var value: cint
  var size = SockLen(sizeof(value))
  if getsockopt(socket, cint(level), cint(optname), addr value, addr size) < 0: raiseOSError(osLastError())
  int(value)

proc setSockOptInt*(socket: SocketHandle, level, optname, optval: int) =
  ## Sets an option.
  var value = cint(optval)
  if setsockopt(socket, cint(level), cint(optname), addr value, SockLen(sizeof(value))) < 0: raiseOSError(osLastError())

proc setBlocking*(s: SocketHandle, blocking: bool) =
  ## Do calls wait until there is something to do?
  let flags = fcntl(s, F_GETFL)
  if flags == -1: raiseOSError(osLastError())
  if fcntl(s, F_SETFL, if blocking: flags and not O_NONBLOCK else: flags or O_NONBLOCK) == -1: raiseOSError(osLastError())

proc waitForAny(sockets: var seq[SocketHandle], events: cshort, timeout: int): int =
  var polls = newSeq[TPollfd](sockets.len)
  for i, socket in sockets: polls[i] = TPollfd(fd: cint(socket), events: events)
  let first = if polls.len > 0: addr polls[0] else: nil
  result = cast[cint](callBlocking(cast[pointer](posix.poll), cast[int](first), polls.len, timeout))
  var ready: seq[SocketHandle]
  for poll in polls:
    if result > 0 and poll.revents != 0: ready.add SocketHandle(poll.fd)
  sockets = ready

proc selectRead*(readfds: var seq[SocketHandle], timeout = 500): int = waitForAny(readfds, POLLIN, timeout)
  ## Waits until one can be read from, at most so many milliseconds (-1: for ever). Only those stay that can.

proc selectWrite*(writefds: var seq[SocketHandle], timeout = 500): int = waitForAny(writefds, POLLOUT, timeout)
  ## The same for writing.

proc accept*(fd: SocketHandle, inheritable = false): (SocketHandle, string) =
  ## Waits for another end and gives a socket to it, with its address.
  var address: Sockaddr_storage
  var length = SockLen(sizeof(address))
  let socket = cast[SocketHandle](callBlocking(cast[pointer](posix.accept4), int(fd), cast[int](addr address),
    cast[int](addr length), if inheritable: 0 else: int(SOCK_CLOEXEC)))
  if socket == osInvalidSocket: (osInvalidSocket, "") else: (socket, getAddrString(cast[ptr SockAddr](addr address)))
