## Asking servers of HTTP, at once or by `await`. Without SSL.

import std/[asyncdispatch, asyncfile, asyncnet, asyncstreams, base64, httpcore, mimetypes, monotimes, net, os, parseutils,
  random, streams, strutils, tables, times, uri]
from std/nativesockets import nil

export httpcore except parseHeader

when defined(ssl): {.error: "not supported yet: 'httpclient' with SSL".}

type
  Response* = ref object
    ## What a server answered.
    version*, status*: string
    headers*: HttpHeaders
    body: string
    bodyStream*: Stream
  AsyncResponse* = ref object
    ## What a server answered. Its body may still be on the way.
    version*, status*: string
    headers*: HttpHeaders
    body: string
    bodyStream*: FutureStream[string]
  Proxy* = ref object
    ## A server that asks others.
    url*: Uri
    auth*: string
  ProtocolError* = object of IOError
    ## The server does not keep to HTTP.
  HttpRequestError* = object of IOError
    ## The server has no content to give.
  SslContext = ref object
  ProgressChangedProc*[ReturnType] = proc (total, progress, speed: BiggestInt): ReturnType {.closure, gcsafe.}
    ## Hears of how much there is.
  HttpClientBase*[SocketType] = ref object
    ## A client. It stays connected to the server that it asked last.
    socket: SocketType
    connected: bool
    currentURL: Uri
    headers*: HttpHeaders ## Sent with each request.
    maxRedirects: Natural
    userAgent: string
    timeout*: int ## In milliseconds, where nothing is awaited.
    proxy: Proxy
    when SocketType is Socket:
      onProgressChanged*: ProgressChangedProc[void] ## Called about once a second.
      bodyStream: Stream
    else:
      onProgressChanged*: ProgressChangedProc[Future[void]] ## Called about once a second.
      bodyStream: FutureStream[string]
      parseBodyFut: Future[void]
    contentTotal, contentProgress, oneSecondProgress: BiggestInt
    lastProgressReport: MonoTime
    getBody: bool
  HttpClient* = HttpClientBase[Socket]
    ## A client that waits.
  AsyncHttpClient* = HttpClientBase[AsyncSocket]
    ## A client whose answers can be awaited.

const
  defUserAgent* = "Nim httpclient/" & NimVersion ## What a client says that it is.
  noSsl = "SSL support is not available. Cannot connect over SSL. Compile with -d:ssl to enable."

include private/httpmultipart

proc code*(response: Response | AsyncResponse): HttpCode = HttpCode(parseInt(response.status[0 .. 2]))
  ## How the request ended.
proc contentType*(response: Response | AsyncResponse): string = response.headers.getOrDefault("content-type")
  ## The type of the body.
proc contentLength*(response: Response | AsyncResponse): int =
  ## The length of the body.
  result = parseInt(response.headers.getOrDefault("Content-Length"))
  doAssert result in 0 .. int(high(int32))
proc lastModified*(response: Response | AsyncResponse): DateTime =
  ## When it was changed.
  parse(response.headers.getOrDefault("last-modified"), "ddd, dd MMM yyyy HH:mm:ss 'GMT'", utc())

proc body*(response: Response): string =
  ## The body.
  if response.body.len == 0: response.body = response.bodyStream.readAll()
  response.body

proc body*(response: AsyncResponse): Future[string] {.async.} =
  ## The body, when it is there.
  if response.body.len == 0: response.body = await readAll(response.bodyStream)
  return response.body

proc newProxy*(url: Uri, auth = ""): Proxy = Proxy(url: url, auth: auth)
  ## A proxy; `auth` is `user:password`.
proc newProxy*(url: string, auth = ""): Proxy = newProxy(parseUri(url), auth)

proc newHttpClient*(userAgent = defUserAgent, maxRedirects = 5, sslContext: SslContext = nil, proxy: Proxy = nil,
                    timeout = -1, headers = newHttpHeaders()): HttpClient =
  ## A client that waits, at most `timeout` milliseconds for each step.
  HttpClient(headers: headers, userAgent: userAgent, maxRedirects: maxRedirects, proxy: proxy, timeout: timeout,
    bodyStream: newStringStream(), getBody: true)

proc newAsyncHttpClient*(userAgent = defUserAgent, maxRedirects = 5, sslContext: SslContext = nil, proxy: Proxy = nil,
                         headers = newHttpHeaders()): AsyncHttpClient =
  ## A client whose answers can be awaited.
  AsyncHttpClient(headers: headers, userAgent: userAgent, maxRedirects: maxRedirects, proxy: proxy, timeout: -1,
    bodyStream: newFutureStream[string]("newAsyncHttpClient"), getBody: true)

proc close*(client: HttpClient | AsyncHttpClient) =
  ## Leaves the server.
  if client.connected:
    client.socket.close()
    client.connected = false

proc getSocket*(client: HttpClient): Socket = client.socket
  ## The connection.
proc getSocket*(client: AsyncHttpClient): AsyncSocket = client.socket

proc wrong(what: string) = raise newException(ProtocolError, what)

# What a request says

proc requestHead(url: Uri, httpMethod: HttpMethod, headers: HttpHeaders, proxy: Proxy): string =
  result = $httpMethod & " "
  if proxy.isNil:
    if not url.path.startsWith('/'): result.add '/'
    result.add url.path
    if url.query.len > 0: result.add "?" & url.query
  else:
    result.add $url
  result.add " HTTP/1.1" & httpNewLine
  if not headers.hasKey("Host"):
    result.add "Host: " & url.hostname & (if url.port.len > 0: ":" & url.port else: "") & httpNewLine
  if not headers.hasKey("Connection"): result.add "Connection: Keep-Alive" & httpNewLine
  if not proxy.isNil and proxy.auth.len > 0:
    result.add "Proxy-Authorization: Basic " & base64.encode(proxy.auth) & httpNewLine
  for key, value in headers: result.add key & ": " & value & httpNewLine
  result.add httpNewLine

proc overridden(headers, by: HttpHeaders): HttpHeaders =
  result = newHttpHeaders()
  for key, values in headers.table: result[key] = values
  if not by.isNil:
    for key, values in by.table: result[key] = values

proc redirected(url: Uri, headers: HttpHeaders): Uri =
  let location = headers.getOrDefault("Location")
  if location == "": wrong("location header expected")
  result = parseUri(location)
  if result.hostname == "" and result.path != "":
    let (path, query, anchor) = (result.path, result.query, result.anchor)
    result = url
    result.path = path
    result.query = query
    result.anchor = anchor

# Reading what a server answers

proc reportProgress(client: HttpClient | AsyncHttpClient, progress: BiggestInt) {.multisync.} =
  client.contentProgress += progress
  client.oneSecondProgress += progress
  let now = getMonoTime()
  if client.onProgressChanged != nil and (now - client.lastProgressReport).inSeconds >= 1:
    await client.onProgressChanged(client.contentTotal, client.contentProgress, client.oneSecondProgress)
    client.oneSecondProgress = 0
    client.lastProgressReport = now

proc readPart(client: HttpClient | AsyncHttpClient, size: int, keep: bool): Future[int] {.multisync.} =
  # Reads so many bytes into the body, or drops them. Gives how many there were.
  var count = 0
  while count < size:
    let wanted = min(size - count, net.BufferSize)
    when client is HttpClient:
      let data = client.socket.recv(wanted, client.timeout)
    else:
      let data = await client.socket.recv(wanted)
    if data.len == 0:
      client.close()
      break
    count += data.len
    if keep: await client.bodyStream.write(data)
    await reportProgress(client, BiggestInt(data.len))
  return count

proc chunkSize(line: string): int =
  if line.len == 0: wrong("Server terminated connection prematurely")
  for c in line:
    case c
    of HexDigits: result = result shl 4 or parseHexInt($c)
    of ';': break
    else: wrong("Invalid chunk size: " & line)

proc readChunks(client: HttpClient | AsyncHttpClient) {.multisync.} =
  while true:
    let line = await client.socket.recvLine()
    let size = chunkSize(line)
    if size > 0:
      let count = await client.readPart(size, true)
      if count != size: wrong("Server terminated connection prematurely")
    let ending = await client.readPart(2, false)
    if size <= 0: break
    if ending != 2: wrong("Server terminated connection prematurely")

proc parseBody(client: HttpClient | AsyncHttpClient, headers: HttpHeaders, version: string): Future[void] {.multisync.} =
  client.contentTotal = 0
  client.contentProgress = 0
  client.oneSecondProgress = 0
  client.lastProgressReport = MonoTime()
  let connection: string = headers.getOrDefault("Connection")
  let length: string = headers.getOrDefault("Content-Length")
  if headers.getOrDefault("Transfer-Encoding") == "chunked":
    await client.readChunks()
  elif length.len > 0:
    client.contentTotal = parseInt(length)
    let count = await client.readPart(int(client.contentTotal), true)
    if count == 0 and client.contentTotal > 0:
      client.close()
      wrong("Got disconnected while trying to read body.")
    if count != client.contentTotal:
      wrong("Received length doesn't match expected length. Wanted " & length & " got: " & $count)
  elif connection == "close" or version == "1.0" or connection == "":
    while true:
      let count = await client.readPart(4000, true)
      if count != 4000:
        client.close()
        break
  when client is AsyncHttpClient: client.bodyStream.complete()
  else: client.bodyStream.setPosition(0)
  if connection == "close": client.close()

proc parseStatus(line: string): (string, string) =
  let start = line.skipIgnoreCase("HTTP/")
  if start <= 0: wrong("invalid http version, `" & line & "`")
  let version = line.substr(start, start + 2)
  if version notin ["1.1", "1.0"]: wrong("unsupported http version")
  (version, line.substr(start + 3 + line.skipWhitespace(start + 3)))

proc addHeader(headers: HttpHeaders, line: string) =
  let colon = line.find(':')
  if colon <= 0: wrong("invalid headers")
  headers.add(line.substr(0, colon - 1), line.substr(colon + 1).strip)
  if headers.len > headerLimit: wrong("too many headers")

proc parseResponse(client: HttpClient | AsyncHttpClient, getBody: bool): Future[Response | AsyncResponse] {.multisync.} =
  new(result)
  result.headers = newHttpHeaders()
  while true:
    when client is HttpClient:
      let line = client.socket.recvLine(client.timeout)
    else:
      let line = await client.socket.recvLine()
    if line.len == 0:
      client.close()
      wrong("Connection was closed before full request has been made")
    if line == httpNewLine: break
    if result.status.len == 0:
      let (version, status) = parseStatus(line)
      result.version = version
      result.status = status
    else:
      result.headers.addHeader(line)
  when client is HttpClient:
    result.bodyStream = newStringStream()
  else:
    result.bodyStream = newFutureStream[string]("parseResponse")
  if getBody and result.code != Http204:
    client.bodyStream = result.bodyStream
    when client is HttpClient:
      parseBody(client, result.headers, result.version)
    else:
      # The body comes while the program goes on.
      let reading = parseBody(client, result.headers, result.version)
      client.parseBodyFut = reading
      reading.addCallback proc () =
        if reading.failed: client.bodyStream.fail(reading.error)

# Asking

proc newConnection(client: HttpClient | AsyncHttpClient, url: Uri) {.multisync.} =
  let current = client.currentURL
  if client.connected and (current.hostname, current.scheme, current.port) == (url.hostname, url.scheme, url.port): return
  let to = if client.proxy.isNil: url else: client.proxy.url
  if to.scheme.toLowerAscii() == "https" or url.scheme == "https": raise newException(HttpRequestError, noSsl)
  client.close()
  let port = nativesockets.Port(if to.port == "": 80 else: parseInt(to.port))
  when client is HttpClient:
    client.socket = net.dial(to.hostname, port)
  else:
    client.socket = await asyncnet.dial(to.hostname, port)
  client.currentURL = url
  client.connected = true

proc sendFile(socket: Socket | AsyncSocket, path: string) {.multisync.} =
  when socket is AsyncSocket:
    let file = openAsync(path)
  else:
    let file = openFileStream(path)
  while true:
    when socket is AsyncSocket:
      let part = await file.read(1 shl 18)
    else:
      let part = file.readStr(1 shl 18)
    if part.len == 0: break
    await socket.send(part)
  file.close()

proc sendMultipart(client: HttpClient | AsyncHttpClient, multipart: MultipartData, texts: seq[string]) {.multisync.} =
  for i, entry in multipart.content:
    await client.socket.send(texts[i])
    if not entry.isFile: continue
    if entry.isStream: await client.socket.sendFile(entry.content)
    else: await client.socket.send(entry.content)
    await client.socket.send(httpNewLine)
  await client.socket.send(texts[^1])

proc ask(client: HttpClient | AsyncHttpClient, url: Uri, httpMethod: HttpMethod, body: string, headers: HttpHeaders,
         multipart: MultipartData): Future[Response | AsyncResponse] {.multisync.} =
  # One request, wherever it leads.
  if url.scheme == "": raise newException(ValueError, "No uri scheme supplied.")
  when client is AsyncHttpClient:
    if not client.parseBodyFut.isNil:
      await client.parseBodyFut
      client.parseBodyFut = nil
  await newConnection(client, url)
  var texts: seq[string]
  if multipart != nil and multipart.content.len > 0: texts = format(multipart, client.headers)
  let all = client.headers.overridden(headers)
  if texts.len == 0 and not all.hasKey("Content-Length"):
    if body.len > 0: all["Content-Length"] = $body.len
    elif httpMethod notin {HttpGet, HttpHead}: all["Content-Length"] = "0"
  if not all.hasKey("user-agent") and client.userAgent.len > 0: all["User-Agent"] = client.userAgent
  await client.socket.send(requestHead(url, httpMethod, all, client.proxy))
  if texts.len > 0: await client.sendMultipart(multipart, texts)
  elif body.len > 0: await client.socket.send(body)
  return await parseResponse(client, httpMethod notin {HttpHead, HttpConnect} and client.getBody)

proc drop(headers: HttpHeaders, names: openArray[string]) =
  if not headers.isNil:
    for name in names: headers.del(name)

proc toUri(url: Uri): Uri = url
proc toUri(url: string): Uri =
  doAssert not url.contains({'\c', '\l'}), "url shouldn't contain any newline characters"
  parseUri(url)

proc toMethod(httpMethod: HttpMethod): HttpMethod = httpMethod
proc toMethod(httpMethod: string): HttpMethod =
  for known in HttpMethod:
    if $known == httpMethod: return known
  raise newException(ValueError, "Invalid HTTP method name: " & httpMethod)

proc request*(client: HttpClient | AsyncHttpClient, url: Uri | string, httpMethod: HttpMethod | string = HttpGet,
              body = "", headers: HttpHeaders = nil,
              multipart: MultipartData = nil): Future[Response | AsyncResponse] {.multisync.} =
  ## Asks a server, and where it sends the client to.
  var last = toUri(url)
  let wanted = toMethod(httpMethod)
  var response = await client.ask(last, wanted, body, headers, multipart)
  for _ in 1 .. client.maxRedirects:
    let status = response.code
    if status notin [Http301, Http302, Http303, Http307, Http308]: break
    let next = redirected(last, response.headers)
    let keeps = status in [Http307, Http308]
    if not keeps: headers.drop(["Content-Length", "Content-Type", "Transfer-Encoding"])
    # Nobody else shall see what was meant for the first.
    if next.hostname != last.hostname and not next.hostname.endsWith("." & last.hostname):
      headers.drop(["Host", "Authorization"])
    let nextMethod = if keeps or wanted in {HttpGet, HttpHead}: wanted else: HttpGet
    response = await client.ask(next, nextMethod, (if keeps: body else: ""), headers, multipart)
    last = next
  return response

proc content(response: Response | AsyncResponse): Future[string] {.multisync.} =
  if response.code.is4xx or response.code.is5xx: raise newException(HttpRequestError, response.status)
  return await response.bodyStream.readAll()

proc head*(client: HttpClient | AsyncHttpClient, url: Uri | string): Future[Response | AsyncResponse] {.multisync.} =
  ## What a `get` would say, without a body.
  return await client.request(url, HttpHead)

proc get*(client: HttpClient | AsyncHttpClient, url: Uri | string): Future[Response | AsyncResponse] {.multisync.} =
  ## Asks for what is there.
  return await client.request(url, HttpGet)

proc getContent*(client: HttpClient | AsyncHttpClient, url: Uri | string): Future[string] {.multisync.} =
  ## What is there. HttpRequestError when there is nothing.
  let response = await client.request(url, HttpGet)
  return await content(response)

proc delete*(client: HttpClient | AsyncHttpClient, url: Uri | string): Future[Response | AsyncResponse] {.multisync.} =
  ## Has it taken away.
  return await client.request(url, HttpDelete)

proc deleteContent*(client: HttpClient | AsyncHttpClient, url: Uri | string): Future[string] {.multisync.} =
  ## The same; gives the body.
  let response = await client.request(url, HttpDelete)
  return await content(response)

proc post*(client: HttpClient | AsyncHttpClient, url: Uri | string, body = "",
           multipart: MultipartData = nil): Future[Response | AsyncResponse] {.multisync.} =
  ## Sends something to it.
  return await client.request(url, HttpPost, body, multipart = multipart)

proc postContent*(client: HttpClient | AsyncHttpClient, url: Uri | string, body = "",
                  multipart: MultipartData = nil): Future[string] {.multisync.} =
  ## The same; gives the body.
  let response = await client.request(url, HttpPost, body, multipart = multipart)
  return await content(response)

proc put*(client: HttpClient | AsyncHttpClient, url: Uri | string, body = "",
          multipart: MultipartData = nil): Future[Response | AsyncResponse] {.multisync.} =
  ## Puts something there.
  return await client.request(url, HttpPut, body, multipart = multipart)

proc putContent*(client: HttpClient | AsyncHttpClient, url: Uri | string, body = "",
                 multipart: MultipartData = nil): Future[string] {.multisync.} =
  ## The same; gives the body.
  let response = await client.request(url, HttpPut, body, multipart = multipart)
  return await content(response)

proc patch*(client: HttpClient | AsyncHttpClient, url: Uri | string, body = "",
            multipart: MultipartData = nil): Future[Response | AsyncResponse] {.multisync.} =
  ## Changes it.
  return await client.request(url, HttpPatch, body, multipart = multipart)

proc patchContent*(client: HttpClient | AsyncHttpClient, url: Uri | string, body = "",
                   multipart: MultipartData = nil): Future[string] {.multisync.} =
  ## The same; gives the body.
  let response = await client.request(url, HttpPatch, body, multipart = multipart)
  return await content(response)

proc downloadFile*(client: HttpClient, url: Uri | string, filename: string) =
  ## Writes what is there into a file.
  client.getBody = false
  defer: client.getBody = true
  let response = client.get(url)
  if response.code.is4xx or response.code.is5xx: raise newException(HttpRequestError, response.status)
  client.bodyStream = newFileStream(filename, fmWrite)
  if client.bodyStream.isNil: raise newException(IOError, "Unable to open file")
  parseBody(client, response.headers, response.version)
  client.bodyStream.close()

proc downloadFile*(client: AsyncHttpClient, url: Uri | string, filename: string): Future[void] {.async.} =
  ## Writes what is there into a file.
  client.getBody = false
  defer: client.getBody = true
  let response = await client.get(url)
  if response.code.is4xx or response.code.is5xx: raise newException(HttpRequestError, response.status)
  client.bodyStream = newFutureStream[string]("downloadFile")
  let file = openAsync(filename, fmWrite)
  defer: file.close()
  let reading = parseBody(client, response.headers, response.version)
  reading.addCallback proc () =
    if reading.failed: client.bodyStream.fail(reading.error)
  await file.writeFromStream(client.bodyStream)
