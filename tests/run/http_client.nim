discard """
  output: '''
  POST /path?query HTTP/1.1
  Connection: Keep-Alive
  content-length: 4
0 200 OK 1.1 hello {"content-length": @["5"]}
  GET / HTTP/1.1
  Connection: Keep-Alive
  a: b
1 200 Fine 1.0 to the end {"x": @["1", "2"]}
  GET / HTTP/1.1
  Connection: Keep-Alive
  a: b
2 404 Not Found 1.1  {"content-length": @["0"]}
  GET / HTTP/1.1
  Connection: Keep-Alive
  a: b
3 200 OK 1.1 abc {"transfer-encoding": @["chunked"]}
  GET / HTTP/1.1
  Connection: Keep-Alive
  a: b
4 ProtocolError Invalid chunk size: xyz
  GET / HTTP/1.1
  Connection: Keep-Alive
  a: b
5 ProtocolError invalid http version, `FTP/1.1 200 OK`
  GET / HTTP/1.1
  Connection: Keep-Alive
  a: b
6 ProtocolError unsupported http version
  GET / HTTP/1.1
  Connection: Keep-Alive
  a: b
7 ProtocolError invalid headers
  GET / HTTP/1.1
  Connection: Keep-Alive
  a: b
8 ProtocolError Received length doesn't match expected length. Wanted 10 got: 5
'''
"""
# The client that waits, with a server in another thread.
import net, httpclient, strutils, os
var server = newSocket()
server.setSockOpt(OptReuseAddr, true)
server.bindAddr(Port(0), "127.0.0.1")
server.listen()
let port = server.getLocalAddr()[1]
let fd = cast[int](server.getFd)
proc serve(fd: int) {.thread.} =
  let server = newSocket(cast[typeof(Socket().getFd)](fd))
  const answers = ["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "HTTP/1.0 200 Fine\r\nX: 1\r\nx: 2\r\n\r\nto the end",
    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "FTP/1.1 200 OK\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\n:nonsense\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"]
  for answer in answers:
    var client: Socket
    server.accept(client)
    while true:
      let line = client.recvLine()
      if line in ["", "\r\n"]: break
      if not line.startsWith("User-Agent") and not line.startsWith("Host") and not line.startsWith("user-agent"): echo "  ", line
    client.send(answer)
    client.close()
var thread: Thread[int]
createThread(thread, serve, fd)
let base = "http://127.0.0.1:" & $port & "/"
for i in 0 .. 8:
  let client = newHttpClient(timeout = 5000)
  try:
    let r = if i == 0: client.post(base & "path?query", "body") else: client.request(base, headers = newHttpHeaders({"A": "b"}))
    echo i, " ", r.status, " ", r.version, " ", r.body, " ", r.headers
  except CatchableError as e: echo i, " ", e.name, " ", e.msg
  client.close()
joinThread(thread)
server.close()
