discard """
  output: '''
true
true
"got one"
"empty"
"got two"
got three
true
"\x0D\x0A"
truefalse
"got x"
5
['g', 'o', 't', ' ', 'h']
Connection refused
datagram127.0.0.1true
true
0
false
'''
"""
# Sockets that are awaited: a server and its clients in one program.
import asyncdispatch, asyncnet, net, nativesockets, os, strutils
var port: Port
proc serve(server: AsyncSocket) {.async.} =
  for i in 0 ..< 3:
    let client = await server.accept()
    while true:
      let line = await client.recvLine()
      if line.len == 0: break
      if line == "\r\n":
        await client.send("empty\n")
      else:
        await client.send("got " & line & "\r\n")
    client.close()
proc main() {.async.} =
  let server = newAsyncSocket()
  server.setSockOpt(OptReuseAddr, true)
  echo server.getSockOpt(OptReuseAddr)
  server.bindAddr(Port(0), "127.0.0.1")
  server.listen()
  port = server.getLocalAddr()[1]
  let served = serve(server)
  let c = newAsyncSocket()
  await c.connect("127.0.0.1", port)
  echo c.getPeerAddr() == ("127.0.0.1", port)
  await c.send("one\r\n\r\ntwo\n")
  for i in 0 .. 2: echo (await c.recvLine()).escape
  await c.send("three\nfour\n")

  echo await c.recv(9)
  echo c.hasDataBuffered
  echo (await c.recvLine()).escape
  c.close()
  echo c.isClosed, c.isSsl
  let d = await asyncnet.dial("localhost", port, buffered = false)
  await d.send("x\n")
  echo (await d.recvLine()).escape
  d.close()
  let e = await asyncnet.dial("localhost", port)
  await e.send("hello")
  await e.send(" world\n")
  var buf: array[5, char]
  echo await e.recvInto(addr buf[0], 5)
  echo buf
  e.close()
  await served
  server.close()
  let f = newAsyncSocket()
  try: await f.connect("127.0.0.1", port)
  except OSError as e: echo e.msg[0 .. 17]
  f.close()
  let u = newAsyncSocket(AF_INET, SOCK_DGRAM, IPPROTO_UDP, buffered = false)
  let v = newAsyncSocket(AF_INET, SOCK_DGRAM, IPPROTO_UDP, buffered = false)
  u.bindAddr(Port(0), "127.0.0.1")
  let waiting = u.recvFrom(100)
  await v.sendTo("127.0.0.1", u.getLocalAddr()[1], "datagram")
  let got = await waiting
  echo got.data, got.address, got.port == v.getLocalAddr()[1]
  u.close()
  v.close()
  # large
  let s2 = newAsyncSocket()
  s2.bindAddr(Port(0), "127.0.0.1")
  s2.listen()
  let acc = s2.accept()
  let big = newAsyncSocket()
  await big.connect("127.0.0.1", s2.getLocalAddr()[1])
  let other = await acc
  var text = newString(1_000_000)
  for i, c in text.mpairs: c = char(ord('a') + i mod 26)
  let sending = big.send(text)
  let all = await other.recv(1_000_000)
  await sending
  echo all == text
  let pending = other.recv(1)
  big.close()
  echo (await pending).len
  other.close()
  s2.close()
waitFor main()
echo hasPendingOperations()
