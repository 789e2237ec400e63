discard """
  output: '''
truefalse
127.0.0.1true
127.0.0.1falsefalse
hello
true
trueworldlast
x!
Call to 'recv' timed out.
Call to 'readLine' timed out.
ab
true
4back
truetrue
long 9
onetwo
truetrue
Connection refused
closed
8datagram127.0.0.1true
1.2.3.4 7 161.2.3.4
truetruefalse
'''
"""
# Sockets of one program that talk with each other.
import net, os, nativesockets
let server = newSocket()
server.setSockOpt(OptReuseAddr, true)
echo server.getSockOpt(OptReuseAddr), server.getSockOpt(OptKeepAlive)
server.bindAddr(Port(0), "127.0.0.1")
server.listen()
let (host, port) = server.getLocalAddr()
echo host, port != Port(0)
let client = newSocket()
client.connect("127.0.0.1", port)
var peer: Socket
var address = ""
server.acceptAddr(peer, address)
echo address, peer.isSsl, peer.hasDataBuffered
client.send("hello\r\n\r\nworld\nlast\rx")
client &= "!"
echo peer.recvLine()
echo peer.hasDataBuffered
echo peer.recvLine() == "\r\n", peer.recvLine(), peer.recvLine()
echo peer.recv(2)
try: discard peer.recv(10, timeout = 20)
except TimeoutError as e: echo e.msg
try: discard peer.recvLine(timeout = 20)
except TimeoutError as e: echo e.msg
client.send("abc")
echo peer.recv(2, timeout = 1000)
peer.skip(1)
echo peer.trySend("back")
var data = ""
echo client.recv(data, 4), data
client.close()
echo peer.recv(5) == "", peer.recvLine() == ""
peer.close()
let again = dial("localhost", port)
server.accept(peer)
again.send("long " & $newString(9000).len & "\n")
echo peer.recvLine(maxLength = 5)
again.close()
peer.close()
let plain = newSocket(buffered = false)
plain.connect("localhost", port, 1000)
server.accept(peer)
peer.send("one\r\ntwo")
echo plain.recvLine(), plain.recv(3)
echo plain.getPeerAddr()[1] == port, peer.getPeerAddr() == plain.getLocalAddr()
plain.close
peer.close
server.close
try: newSocket().connect("127.0.0.1", port)
except OSError as e: echo e.msg
try:
  let s = newSocket()
  s.close
  s.send("x")
except AssertionDefect: echo "closed"
let a = newSocket(AF_INET, SOCK_DGRAM, IPPROTO_UDP)
let b = newSocket(AF_INET, SOCK_DGRAM, IPPROTO_UDP)
a.bindAddr(Port(0), "127.0.0.1")
b.sendTo("127.0.0.1", a.getLocalAddr()[1], "datagram")
var fromPort: Port
echo a.recvFrom(data, 100, address, fromPort), data, address, fromPort == b.getLocalAddr()[1]
a.close
b.close
var sa: Sockaddr_storage
var sl: SockLen
toSockAddr(parseIpAddress("1.2.3.4"), Port(7), sa, sl)
var ip: IpAddress
fromSockAddr(sa, sl, ip, fromPort)
echo ip, " ", fromPort, " ", sl, getAddrString(cast[ptr SockAddr](addr sa))
echo toOSFlags({SocketFlag.Peek}) == MSG_PEEK, isDisconnectionError({SocketFlag.SafeDisconn}, OSErrorCode(ECONNRESET)), isDisconnectionError({}, OSErrorCode(ECONNRESET))
