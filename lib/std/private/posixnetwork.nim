# A part of `posix`: messages with more than bytes, network interfaces, and what stands in the system's lists of hosts and networks.

type
  InPort* = uint16
  InAddrT* = uint32
  TLinger* {.bycopy.} = object
    ## Does closing wait for what has not been sent?
    l_onoff*, l_linger*: cint
  IOVec* {.bycopy.} = object
    ## A piece of memory.
    iov_base*: pointer
    iov_len*: csize_t
  Tmsghdr* {.bycopy.} = object
    ## A message.
    msg_name*: pointer
    msg_namelen*: SockLen
    msg_iov*: ptr IOVec
    msg_iovlen*: csize_t
    msg_control*: pointer
    msg_controllen*: csize_t
    msg_flags*: cint
  Tcmsghdr* {.bycopy.} = object
    ## Something beside the bytes of a message; its data follow.
    cmsg_len*: csize_t
    cmsg_level*, cmsg_type*: cint
  Tif_nameindex* {.bycopy.} = object
    ## A network interface.
    if_index*: cuint
    if_name*: cstring
  Tipv6_mreq* {.bycopy.} = object
    ipv6mr_multiaddr*: In6Addr
    ipv6mr_interface*: cuint
  Tnetent* {.bycopy.} = object
    n_name*: cstring
    n_aliases*: cstringArray
    n_addrtype*: cint
    n_net*: uint32

{.push cdecl.}

proc recvmsg*(a1: SocketHandle, a2: ptr Tmsghdr, a3: cint): int {.importc.}
proc sendmsg*(a1: SocketHandle, a2: ptr Tmsghdr, a3: cint): int {.importc.}
proc sockatmark*(a1: cint): cint {.importc.}
proc if_nametoindex*(a1: cstring): cint {.importc.}
proc if_indextoname*(a1: cint, a2: cstring): cstring {.importc.}
proc if_nameindex*(): ptr Tif_nameindex {.importc.}
proc if_freenameindex*(a1: ptr Tif_nameindex) {.importc.}
proc endhostent*() {.importc.}
proc endnetent*() {.importc.}
proc endprotoent*() {.importc.}
proc endservent*() {.importc.}
proc gethostent*(): ptr Hostent {.importc.}
proc getnameinfo*(a1: ptr SockAddr, a2: SockLen, a3: cstring, a4: SockLen, a5: cstring, a6: SockLen,
  a7: cint): cint {.importc.}
proc getnetbyaddr*(a1: int32, a2: cint): ptr Tnetent {.importc.}
proc getnetbyname*(a1: cstring): ptr Tnetent {.importc.}
proc getnetent*(): ptr Tnetent {.importc.}
proc getprotobynumber*(a1: cint): ptr Protoent {.importc.}
proc getprotoent*(): ptr Protoent {.importc.}
proc getservent*(): ptr Servent {.importc.}
proc sethostent*(a1: cint) {.importc.}
proc setnetent*(a1: cint) {.importc.}
proc setprotoent*(a1: cint) {.importc.}
proc setservent*(a1: cint) {.importc.}
proc readv*(a1: cint, a2: ptr IOVec, a3: cint): int {.importc.}
proc writev*(a1: cint, a2: ptr IOVec, a3: cint): int {.importc.}
proc cHostError(): ptr cint {.importc: "__h_errno_location".}

{.pop.}

template h_errno*: cint = cHostError()[]
  ## The number of the last error of a look-up.

func aligned(size: csize_t): csize_t = (size + 7) and not csize_t(7)

func CMSG_LEN*(len: csize_t): csize_t = csize_t(sizeof(Tcmsghdr)) + len
func CMSG_SPACE*(len: csize_t): csize_t = csize_t(sizeof(Tcmsghdr)) + aligned(len)

func CMSG_DATA*(cmsg: ptr Tcmsghdr): cstring = cast[cstring](cast[uint](cmsg) + uint(sizeof(Tcmsghdr)))
  ## What belongs to the header.

func CMSG_FIRSTHDR*(mhdr: ptr Tmsghdr): ptr Tcmsghdr =
  ## The first thing beside a message, or nil.
  if mhdr.msg_controllen >= csize_t(sizeof(Tcmsghdr)): result = cast[ptr Tcmsghdr](mhdr.msg_control)

func CMSG_NXTHDR*(mhdr: ptr Tmsghdr, cmsg: ptr Tcmsghdr): ptr Tcmsghdr =
  ## What comes behind `cmsg`, or nil.
  let next = cast[uint](cmsg) + uint(aligned(cmsg.cmsg_len))
  if next + uint(sizeof(Tcmsghdr)) <= cast[uint](mhdr.msg_control) + uint(mhdr.msg_controllen):
    result = cast[ptr Tcmsghdr](next)

func IN6ADDR_ANY_INIT*(): In6Addr = In6Addr()
func IN6ADDR_LOOPBACK_INIT*(): In6Addr = result.s6_addr[15] = '\1'

var
  in6addr_any* = IN6ADDR_ANY_INIT()
  in6addr_loopback* = IN6ADDR_LOOPBACK_INIT()

func starts(a: ptr In6Addr, first, mask, second: int): cint =
  cint(ord(a.s6_addr[0]) == first and (ord(a.s6_addr[1]) and mask) == second)

func IN6_IS_ADDR_UNSPECIFIED*(a1: ptr In6Addr): cint = cint(a1[] == IN6ADDR_ANY_INIT())
func IN6_IS_ADDR_LOOPBACK*(a1: ptr In6Addr): cint = cint(a1[] == IN6ADDR_LOOPBACK_INIT())
func IN6_IS_ADDR_MULTICAST*(a1: ptr In6Addr): cint = starts(a1, 0xff, 0, 0)
func IN6_IS_ADDR_LINKLOCAL*(a1: ptr In6Addr): cint = starts(a1, 0xfe, 0xc0, 0x80)
func IN6_IS_ADDR_SITELOCAL*(a1: ptr In6Addr): cint = starts(a1, 0xfe, 0xc0, 0xc0)
func IN6_IS_ADDR_MC_NODELOCAL*(a1: ptr In6Addr): cint = starts(a1, 0xff, 0xf, 1)
func IN6_IS_ADDR_MC_LINKLOCAL*(a1: ptr In6Addr): cint = starts(a1, 0xff, 0xf, 2)
func IN6_IS_ADDR_MC_SITELOCAL*(a1: ptr In6Addr): cint = starts(a1, 0xff, 0xf, 5)
func IN6_IS_ADDR_MC_ORGLOCAL*(a1: ptr In6Addr): cint = starts(a1, 0xff, 0xf, 8)
func IN6_IS_ADDR_MC_GLOBAL*(a1: ptr In6Addr): cint = starts(a1, 0xff, 0xf, 0xe)
func IN6_IS_ADDR_V4COMPAT*(a1: ptr In6Addr): cint =
  ## Is it an address of IPv4 with zeros before it?
  for i in 0 .. 11:
    if a1.s6_addr[i] != '\0': return 0
  cint(not (a1.s6_addr[12] == '\0' and a1.s6_addr[13] == '\0' and a1.s6_addr[14] == '\0' and a1.s6_addr[15] <= '\1'))
