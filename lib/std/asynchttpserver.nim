## A server of HTTP, for programs with few and friendly clients.

import std/[asyncdispatch, asyncnet, httpcore, parseutils, strutils, uri]
from std/nativesockets import Domain, AF_INET, AF_INET6

export httpcore except parseHeader

type
  Request* = object
    ## What a client asks for.
    client*: AsyncSocket
    reqMethod*: HttpMethod
    headers*: HttpHeaders
    protocol*: tuple[orig: string, major, minor: int]
    url*: Uri
    hostname*: string ## Where the client is.
    body*: string
  AsyncHttpServer* = ref object
    ## A server.
    socket: AsyncSocket
    reuseAddr, reusePort: bool
    maxBody, maxFDs: int
  Handler = proc (request: Request): Future[void] {.closure, gcsafe.}
  Outcome = enum
    another, # The client may ask for something else.
    gone # The connection is over.

const
  maxLine = 8 * 1024
  nimMaxDescriptorsFallback* {.intdefine.} = 16_000 ## How many files there may be, where the system does not say.

proc newAsyncHttpServer*(reuseAddr = true, reusePort = false, maxBody = 8388608): AsyncHttpServer =
  ## A server that reads bodies of at most so many bytes.
  AsyncHttpServer(reuseAddr: reuseAddr, reusePort: reusePort, maxBody: maxBody)

proc getPort*(self: AsyncHttpServer): Port = getLocalAddr(self.socket)[1]
  ## The port at which it listens.

proc lines(headers: HttpHeaders): string =
  for key, value in headers: result.add key & ": " & value & httpNewLine

proc sendHeaders*(req: Request, headers: HttpHeaders): Future[void] = req.client.send(lines(headers))
  ## Sends headers alone.

proc respond*(req: Request, code: HttpCode, content: string, headers: HttpHeaders = nil): Future[void] =
  ## Sends an answer.
  var text = "HTTP/1.1 " & $code & httpNewLine
  if headers != nil: text.add lines(headers)
  if headers.isNil or not headers.hasKey("Content-Length"): text.add "Content-Length: " & $content.len & httpNewLine
  req.client.send(text & httpNewLine & content)

proc respondError(req: Request, code: HttpCode): Future[void] = req.respond(code, $code)

proc sendStatus(client: AsyncSocket, status: string): Future[void] =
  client.send("HTTP/1.1 " & status & httpNewLine & httpNewLine)

proc parseProtocol(protocol: string): tuple[orig: string, major, minor: int] =
  if protocol.skipIgnoreCase("HTTP/") != 5: raise newException(ValueError, "Invalid request protocol. Got: " & protocol)
  result.orig = protocol
  let dot = 5 + protocol.parseSaturatedNatural(result.major, 5)
  discard protocol.parseSaturatedNatural(result.minor, dot + 1)

proc parseRequestLine(request: var Request, line: string): bool =
  # `GET /path HTTP/1.1`
  let parts = line.split(' ')
  if parts.len > 3: return false
  try:
    request.reqMethod = parseEnum[HttpMethod](parts[0])
    if $request.reqMethod != parts[0]: return false
    if parts.len > 1: parseUri(parts[1], request.url)
    if parts.len > 2: request.protocol = parseProtocol(parts[2])
    true
  except ValueError: false

proc isChunked(request: Request): bool =
  if request.reqMethod != HttpPost or not request.headers.hasKey("Transfer-Encoding"): return false
  for encoding in seq[string](request.headers["Transfer-Encoding"]):
    if encoding.strip == "chunked": return true

proc readChunks(request: ref Request): Future[bool] {.async.} =
  # A body in pieces, each behind its length; false when it is none, which has been answered.
  let client = request.client
  while true:
    let line = await client.recvLine(maxLength = maxLine)
    var length = 0
    try: length = parseHexInt(line)
    except ValueError:
      await request[].respond(Http411, "Invalid chunked transfer encoding - chunk data size must be hex encoded")
      return false
    if length == 0: return true
    request.body.add await client.recv(length)
    if await(client.recv(2)) != httpNewLine:
      await request[].respond(Http400, "Bad Request. Encoding separator must be \\r\\n")
      return false

proc readHeaders(request: ref Request): Future[bool] {.async.} =
  let client = request.client
  while true:
    let line = await client.recvLine(maxLength = maxLine)
    if line.len == 0: return false
    if line.len > maxLine:
      await request[].respondError(Http413)
      return false
    if line == httpNewLine: return true
    let (key, value) = parseHeader(line)
    request.headers[key] = value
    if request.headers.len > headerLimit:
      await client.sendStatus("400 Bad Request")
      return false

proc readBody(server: AsyncHttpServer, request: ref Request): Future[(bool, Outcome)] {.async.} =
  # Whether there is a request to be handled, and what becomes of the connection if there is none.
  if request.headers.hasKey("Content-Length"):
    var length = 0
    if parseSaturatedNatural(request.headers["Content-Length"], length) == 0:
      await request[].respond(Http400, "Bad Request. Invalid Content-Length.")
      return (false, another)
    if length > server.maxBody:
      await request[].respondError(Http413)
      return (false, gone)
    request.body = await request.client.recv(length)
    if request.body.len != length:
      await request[].respond(Http400, "Bad Request. Content-Length does not match actual.")
      return (false, another)
  elif isChunked(request[]):
    let read = await readChunks(request)
    if not read: return (false, another)
  elif request.reqMethod == HttpPost:
    await request[].respond(Http411, "Content-Length required.")
    return (false, another)
  return (true, another)

proc staysOpen(request: Request): bool =
  let connection: string = request.headers.getOrDefault("connection")
  if request.protocol == HttpVer11: cmpIgnoreCase(connection, "close") != 0
  else: request.protocol == HttpVer10 and cmpIgnoreCase(connection, "keep-alive") == 0

proc processRequest(server: AsyncHttpServer, request: ref Request, handler: Handler): Future[Outcome] {.async.} =
  let client = request.client
  # An empty line may be left over from the request before.
  var line = await client.recvLine(maxLength = maxLine)
  if line == httpNewLine: line = await client.recvLine(maxLength = maxLine)
  if line.len == 0: return gone
  if line.len > maxLine:
    await request[].respondError(Http413)
    return gone
  if not parseRequestLine(request[], line):
    await request[].respondError(Http400)
    return another
  let complete = await readHeaders(request)
  if not complete: return gone
  if request.reqMethod == HttpPost and request.headers.hasKey("Expect"):
    await client.sendStatus(if "100-continue" in request.headers["Expect"]: "100 Continue" else: "417 Expectation Failed")
  let (there, outcome) = await server.readBody(request)
  if not there: return outcome
  await handler(request[])
  if "upgrade" in request.headers.getOrDefault("connection"):
    # The handler has the connection now.
    return gone
  return if request[].staysOpen: another else: gone

proc processClient(server: AsyncHttpServer, client: AsyncSocket, address: string, handler: Handler) {.async.} =
  while not client.isClosed:
    let request = new(Request)
    request.client = client
    request.hostname = address
    request.url = initUri()
    request.headers = newHttpHeaders()
    let outcome = await server.processRequest(request, handler)
    if outcome == gone: client.close()

proc listen*(server: AsyncHttpServer, port: Port, address = "", domain = AF_INET) =
  ## Waits for clients at a port.
  server.maxFDs = try: maxDescriptors() except CatchableError: nimMaxDescriptorsFallback
  server.socket = newAsyncSocket(domain)
  if server.reuseAddr: server.socket.setSockOpt(OptReuseAddr, true)
  if server.reusePort: server.socket.setSockOpt(OptReusePort, true)
  server.socket.bindAddr(port, address)
  server.socket.listen()

proc shouldAcceptRequest*(server: AsyncHttpServer, assumedDescriptorsPerRequest = 5): bool =
  ## Is there room for one more client that needs so many files?
  assumedDescriptorsPerRequest < 0 or activeDescriptors() + assumedDescriptorsPerRequest < server.maxFDs

proc acceptRequest*(server: AsyncHttpServer,
                    callback: proc (request: Request): Future[void] {.closure, gcsafe.}) {.async.} =
  ## Waits for a client, whose requests `callback` handles.
  let (address, client) = await server.socket.acceptAddr()
  asyncCheck processClient(server, client, address, callback)

proc serve*(server: AsyncHttpServer, port: Port, callback: proc (request: Request): Future[void] {.closure, gcsafe.},
            address = "", assumedDescriptorsPerRequest = -1, domain = AF_INET) {.async.} =
  ## Listens, and has `callback` handle all requests, for ever.
  server.listen(port, address, domain)
  while true:
    if server.shouldAcceptRequest(assumedDescriptorsPerRequest): await server.acceptRequest(callback)
    else: poll()

proc close*(server: AsyncHttpServer) = server.socket.close()
  ## Accepts no more clients.
