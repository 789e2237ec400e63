discard """
  output: '''
Hello a=1
200 OK|200 OK|1.1|text/plain|6
Hello 
201 Created POST:body of POST
201 Created PUT:body of PUT
201 Created PATCH:body of PATCH
201 Created DELETE:body of DELETE
POST:posted
PUT:put
PATCH:patched
DELETE:
200 OK6
127.0.0.1 (orig: "HTTP/1.1", major: 1, minor: 1)
connection=Keep-Alive;x-one=1
Hello moved
201 CreatedPOST:again
204 No Content
abcde0123456789
bye
20000
404 Not Found
413 Request Entity Too Large
No uri scheme supplied.
SSL support is not available. Cannot connect over SSL. Compile with -d:ssl to enable.
------------------------------ 0 ------------------------------
name="a"

1
------------------------------ 1 ------------------------------
name="b"

2
------------------------------ 2 ------------------------------
name="f"; filename="f.txt"
Content-Type: text/plain

content

Hello file
HTTP/1.1 400 Bad Request
HTTP/1.1 400 Bad Request
HTTP/1.1 400 Bad Request
HTTP/1.1 411 Length Required
HTTP/1.1 400 Bad Request
HTTP/1.1 200 OK
HTTP/1.1 411 Length Required
HTTP/1.1 413 Request Entity Too Large
SSL support is not available. Cannot connect over SSL. Compile with -d:ssl to enable.
No uri scheme supplied.
name contains a newline character
-1true
'''
"""
# A server of HTTP and its clients in one program.
import asyncdispatch, asyncnet, asynchttpserver, httpclient, uri, strutils, os, algorithm, sequtils, streams
var server = newAsyncHttpServer(maxBody = 100)
proc handle(req: Request) {.async, gcsafe.} =
  case req.url.path
  of "/head": await req.respond(Http200, "", newHttpHeaders({"Content-Length": "6"}))
  of "/hello": await req.respond(Http200, "Hello " & req.url.query, newHttpHeaders({"Content-Type": "text/plain"}))
  of "/echo": await req.respond(Http201, $req.reqMethod & ":" & req.body)
  of "/where": await req.respond(Http200, req.hostname & " " & $req.protocol)
  of "/headers": await req.respond(Http200, toSeq(req.headers.pairs).filterIt(it[0] in ["x-one", "connection"]).mapIt(it[0] & "=" & it[1]).sorted.join(";"))
  of "/moved": await req.respond(Http302, "", newHttpHeaders({"Location": "/hello?moved"}))
  of "/kept": await req.respond(Http307, "", newHttpHeaders({"Location": "/echo"}))
  of "/empty": await req.respond(Http204, "")
  of "/chunked":
    await req.client.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n")
  of "/closed": await req.respond(Http200, "bye", newHttpHeaders({"Connection": "close"}))
  of "/long": await req.respond(Http200, "x".repeat(20000))
  else: await req.respond(Http404, "no " & req.url.path)
server.listen(Port(0), "127.0.0.1")
let base = "http://127.0.0.1:" & $server.getPort.uint16
proc accepting() {.async.} =
  while true: await server.acceptRequest(handle)
asyncCheck accepting()
proc raw(text: string): Future[string] {.async.} =
  let s = await asyncnet.dial("127.0.0.1", server.getPort)
  await s.send(text)
  result = await s.recvLine()
  s.close()
# The client that waits needs a server of its own thread's: answers are written beforehand.
proc hasClient() =
  let client = newHttpClient(timeout = 1000)
  try: discard client.get("https://127.0.0.1")
  except HttpRequestError as e: echo e.msg
  try: discard client.getContent("x")
  except ValueError as e: echo e.msg
  client.close()
proc main() {.async.} =
  let client = newAsyncHttpClient()
  echo await client.getContent(base & "/hello?a=1")
  let r = await client.get(base & "/hello")
  echo r.status, "|", r.code, "|", r.version, "|", r.contentType, "|", r.contentLength
  echo await r.body
  for m in [HttpPost, HttpPut, HttpPatch, HttpDelete]:
    let e = await client.request(base & "/echo", m, "body of " & $m)
    echo e.code, " ", await e.body
  echo await client.postContent(base & "/echo", "posted")
  echo await client.putContent(base & "/echo", "put")
  echo await client.patchContent(base & "/echo", "patched")
  echo await client.deleteContent(base & "/echo")
  let h = await client.head(base & "/head")
  echo h.code, h.headers.getOrDefault("content-length")
  echo await client.getContent(base & "/where")
  client.headers["X-One"] = "1"
  echo await client.getContent(base & "/headers")
  echo await client.getContent(base & "/moved")
  let k = await client.request(base & "/kept", HttpPost, "again")
  echo k.code, await k.body
  echo (await client.get(base & "/empty")).code
  echo await client.getContent(base & "/chunked")
  echo await client.getContent(base & "/closed")
  echo (await client.getContent(base & "/long")).len
  try: echo await client.getContent(base & "/none")
  except HttpRequestError as e: echo e.msg.splitLines[0]
  let big = await client.request(base & "/echo", HttpPost, "x".repeat(101))
  echo big.code
  try: discard await client.get("nothing")
  except ValueError as e: echo e.msg.splitLines[0]
  try: discard await client.get("https://127.0.0.1/")
  except HttpRequestError as e: echo e.msg.splitLines[0]
  var data = newMultipartData({"a": "1"})
  data["b"] = "2"
  data["f"] = ("f.txt", "text/plain", "content")
  echo data
  let file = getTempDir() / "midair_http_case.txt"
  client.close()
  await client.downloadFile(base & "/hello?file", file)
  echo readFile(file)
  removeFile(file)
  client.close()
  echo await raw("BAD / HTTP/1.1\r\n\r\n")
  echo await raw("GET / X\r\n\r\n")
  echo await raw("GET / HTTP/1.1 x\r\n\r\n")
  echo await raw("POST /echo HTTP/1.1\r\n\r\n")
  echo await raw("POST /echo HTTP/1.1\r\nContent-Length: x\r\n\r\n")
  echo await raw("\r\nGET /hello HTTP/1.0\r\n\r\n")
  echo await raw("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
  echo await raw("GET /" & "x".repeat(9000) & " HTTP/1.1\r\n\r\n")
waitFor main()
hasClient()
try:
  var d = newMultipartData()
  d.add("a\n", "b")
except ValueError as e: echo e.msg.splitLines[0]
echo newHttpClient().timeout, defUserAgent.startsWith("Nim httpclient/")
