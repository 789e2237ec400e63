# A part of `posix`: sockets and the names of hosts.

type
  SockLen* = cuint
  TSa_Family* = uint16
  InAddrScalar* = uint32
  SockAddr* {.bycopy.} = object
    ## An address of any family.
    sa_family*: TSa_Family
    sa_data*: array[14, char]
  Sockaddr_storage* {.bycopy.} = object
    ## Room for an address of any family.
    ss_family*: TSa_Family
    rest: array[118, char]
    aligned: culong
  InAddr* {.bycopy.} = object
    s_addr*: InAddrScalar
  Sockaddr_in* {.bycopy.} = object
    ## An address of IPv4.
    sin_family*: TSa_Family
    sin_port*: uint16
    sin_addr*: InAddr
    sin_zero: array[8, char]
  In6Addr* {.bycopy.} = object
    s6_addr*: array[16, char]
  Sockaddr_in6* {.bycopy.} = object
    ## An address of IPv6.
    sin6_family*: TSa_Family
    sin6_port*: uint16
    sin6_flowinfo*: uint32
    sin6_addr*: In6Addr
    sin6_scope_id*: uint32
  Sockaddr_un* {.bycopy.} = object
    ## The address of a socket that is a file.
    sun_family*: TSa_Family
    sun_path*: array[108, char]
  AddrInfo* {.bycopy.} = object
    ## One of the addresses that a name stands for.
    ai_flags*, ai_family*, ai_socktype*, ai_protocol*: cint
    ai_addrlen*: SockLen
    ai_addr*: ptr SockAddr
    ai_canonname*: cstring
    ai_next*: ptr AddrInfo
  Hostent* {.bycopy.} = object
    h_name*: cstring
    h_aliases*: cstringArray
    h_addrtype*, h_length*: cint
    h_addr_list*: cstringArray
  Servent* {.bycopy.} = object
    s_name*: cstring
    s_aliases*: cstringArray
    s_port*: cint
    s_proto*: cstring
  Protoent* {.bycopy.} = object
    p_name*: cstring
    p_aliases*: cstringArray
    p_proto*: cint

const
  Sockaddr_un_path_length* = 108
  INVALID_SOCKET* = SocketHandle(-1)
  AF_UNSPEC* = 0.cint
  AF_UNIX* = 1.cint
  AF_INET* = 2.cint
  AF_INET6* = 10.cint
  SOCK_STREAM* = 1.cint
  SOCK_DGRAM* = 2.cint
  SOCK_RAW* = 3.cint
  SOCK_SEQPACKET* = 5.cint
  SOCK_CLOEXEC* = 0x80000.cint
  IPPROTO_IP* = 0.cint
  IPPROTO_ICMP* = 1.cint
  IPPROTO_TCP* = 6.cint
  IPPROTO_UDP* = 17.cint
  IPPROTO_IPV6* = 41.cint
  IPPROTO_ICMPV6* = 58.cint
  IPPROTO_RAW* = 255.cint
  TCP_NODELAY* = 1.cint
  SOL_SOCKET* = 1.cint
  SO_DEBUG* = 1.cint
  SO_REUSEADDR* = 2.cint
  SO_TYPE* = 3.cint
  SO_ERROR* = 4.cint
  SO_DONTROUTE* = 5.cint
  SO_BROADCAST* = 6.cint
  SO_SNDBUF* = 7.cint
  SO_RCVBUF* = 8.cint
  SO_KEEPALIVE* = 9.cint
  SO_OOBINLINE* = 10.cint
  SO_LINGER* = 13.cint
  SO_REUSEPORT* = 15.cint
  SO_ACCEPTCONN* = 30.cint
  SOMAXCONN* = 4096.cint
  MSG_OOB* = 1.cint
  MSG_PEEK* = 2.cint
  MSG_WAITALL* = 0x100.cint
  MSG_NOSIGNAL* = 0x4000.cint
  SHUT_RD* = 0.cint
  SHUT_WR* = 1.cint
  SHUT_RDWR* = 2.cint
  AI_PASSIVE* = 1.cint
  AI_CANONNAME* = 2.cint
  AI_NUMERICHOST* = 4.cint
  AI_V4MAPPED* = 8.cint
  INADDR_ANY* = 0'u32
  INADDR_LOOPBACK* = 0x7f000001'u32
  INADDR_BROADCAST* = 0xffffffff'u32
  INET_ADDRSTRLEN* = 16.cint
  INET6_ADDRSTRLEN* = 46.cint

{.push cdecl.}

proc socket*(a1, a2, a3: cint): SocketHandle {.importc.}
proc bindSocket*(a1: SocketHandle, a2: ptr SockAddr, a3: SockLen): cint {.importc: "bind".}
proc listen*(a1: SocketHandle, a2: cint): cint {.importc.}
proc accept*(a1: SocketHandle, a2: ptr SockAddr, a3: ptr SockLen): SocketHandle {.importc.}
proc accept4*(a1: SocketHandle, a2: ptr SockAddr, a3: ptr SockLen, flags: cint): SocketHandle {.importc.}
proc connect*(a1: SocketHandle, a2: ptr SockAddr, a3: SockLen): cint {.importc.}
proc shutdown*(a1: SocketHandle, a2: cint): cint {.importc.}
proc recv*(a1: SocketHandle, a2: pointer, a3: int, a4: cint): int {.importc.}
proc send*(a1: SocketHandle, a2: pointer, a3: int, a4: cint): int {.importc.}
proc recvfrom*(a1: SocketHandle, a2: pointer, a3: int, a4: cint, a5: ptr SockAddr, a6: ptr SockLen): int {.importc.}
proc sendto*(a1: SocketHandle, a2: pointer, a3: int, a4: cint, a5: ptr SockAddr, a6: SockLen): int {.importc.}
proc socketpair*(a1, a2, a3: cint, a4: var array[0..1, cint]): cint {.importc.}
proc getsockname*(a1: SocketHandle, a2: ptr SockAddr, a3: ptr SockLen): cint {.importc.}
proc getpeername*(a1: SocketHandle, a2: ptr SockAddr, a3: ptr SockLen): cint {.importc.}
proc getsockopt*(a1: SocketHandle, a2, a3: cint, a4: pointer, a5: ptr SockLen): cint {.importc.}
proc setsockopt*(a1: SocketHandle, a2, a3: cint, a4: pointer, a5: SockLen): cint {.importc.}
proc fcntl*(a1: SocketHandle, a2: cint): cint {.importc, varargs.}
proc getaddrinfo*(a1, a2: cstring, a3: ptr AddrInfo, a4: var ptr AddrInfo): cint {.importc.}
proc freeaddrinfo*(a1: ptr AddrInfo) {.importc.}
proc gai_strerror*(a1: cint): cstring {.importc.}
proc hstrerror*(herrnum: cint): cstring {.importc.}
proc inet_ntop*(a1: cint, a2: pointer, a3: cstring, a4: int32): cstring {.importc.}
proc inet_pton*(a1: cint, a2: cstring, a3: pointer): cint {.importc.}
proc inet_addr*(a1: cstring): InAddrScalar {.importc.}
proc inet_ntoa*(a1: InAddr): cstring {.importc.}
proc gethostname*(a1: cstring, a2: int): cint {.importc.}
proc gethostbyname*(a1: cstring): ptr Hostent {.importc.}
proc gethostbyaddr*(a1: pointer, a2: SockLen, a3: cint): ptr Hostent {.importc.}
proc getservbyname*(a1, a2: cstring): ptr Servent {.importc.}
proc getservbyport*(a1: cint, a2: cstring): ptr Servent {.importc.}
proc getprotobyname*(a1: cstring): ptr Protoent {.importc.}

{.pop.}

proc swapped(x: uint16): uint16 = (x shr 8) or (x shl 8)
proc swapped(x: uint32): uint32 =
  (x shr 24) or (x shr 8 and 0xff00) or (x shl 8 and 0xff0000) or (x shl 24)

proc htonl*(a1: uint32): uint32 = swapped(a1)
proc htons*(a1: uint16): uint16 = swapped(a1)
proc ntohl*(a1: uint32): uint32 = swapped(a1)
proc ntohs*(a1: uint16): uint16 = swapped(a1)

proc IN6_IS_ADDR_V4MAPPED*(a1: ptr In6Addr): cint =
  ## Is it an address of IPv4 in the form of one of IPv6? Then it is not 0.
  for i in 0 .. 9:
    if a1.s6_addr[i] != '\0': return 0
  cint(a1.s6_addr[10] == '\xff' and a1.s6_addr[11] == '\xff')
