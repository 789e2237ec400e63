discard """
  output: '''
232(val: AF_INET, has: true)6SOCK_DGRAM
66730598551380true
0
127.0.0.1
0
true127.0.0.1AF_INET
0
127.0.0.1true
5
1true
5hello
00
11
-1
true0
1
Bad file descriptor
no host
true
@["127.0.0.1"]AF_INET4
'''
"""
# Sockets as the system has them.
import nativesockets
echo AF_INET6.ord, AF_INET.toInt, toKnownDomain(2), IPPROTO_TCP.toInt, toSockType(IPPROTO_UDP)
echo getProtoByName("tcp"), ntohl(0x01020304'u32), htons(0x0102'u16), Port(80), Port(3)==Port(3)
let s = createNativeSocket()
var ai = getAddrInfo("127.0.0.1", Port(0))
echo bindAddr(s, ai.ai_addr, ai.ai_addrlen.SockLen)
echo getAddrString(ai.ai_addr)
freeAddrInfo(ai)
echo listen(s)
let p = getSockName(s)
echo p != Port(0), getLocalAddr(s, AF_INET)[0], getSockDomain(s)
let c = createNativeSocket()
ai = getAddrInfo("localhost", p)
echo connect(c, ai.ai_addr, ai.ai_addrlen.SockLen)
freeAddrInfo(ai)
let (a, ad) = accept(s)
echo ad, a != osInvalidSocket
var x = "hello"
echo send(c, addr x[0], 5, 0)
var l = @[a, s]
echo selectRead(l), l == @[a]
var y = newString(10)
echo recv(a, addr y[0], 10, 0), y[0..4]
l = @[a]
echo selectRead(l, 10), l.len
l = @[a]
echo selectWrite(l, 10), l.len
setBlocking(a, false)
echo recv(a, addr y[0], 10, 0)
echo getPeerAddr(c, AF_INET) == getLocalAddr(s, AF_INET), getSockOptInt(s, SOL_SOCKET, SO_REUSEADDR)
setSockOptInt(s, SOL_SOCKET, SO_REUSEADDR, 1)
echo getSockOptInt(s, SOL_SOCKET, SO_REUSEADDR)
close a
close c
close s
try: discard getSockName(s)
except OSError as e: echo e.msg
try: discard getAddrInfo("999.1.1.1.1", Port(1))
except OSError as e: echo "no host"
echo getHostname().len > 0
let h = getHostByName("localhost")
echo h.addrList, h.addrtype, h.length
