## What requests and answers of HTTP consist of.

import std/[parseutils, strutils, tables]

type
  HttpHeaders* = ref object
    ## Names, which may be in any case, with their values.
    table*: TableRef[string, seq[string]]
    isTitleCase: bool
  HttpHeaderValues* = distinct seq[string]
    ## The values of one name; where one is wanted it is the first.
  HttpCode* = distinct range[0 .. 599]
    ## How a request ended.
  HttpVersion* = enum
    HttpVer11, HttpVer10
  HttpMethod* = enum ## What is asked for.
    HttpHead = "HEAD", HttpGet = "GET", HttpPost = "POST", HttpPut = "PUT", HttpDelete = "DELETE", HttpTrace = "TRACE",
    HttpOptions = "OPTIONS", HttpConnect = "CONNECT", HttpPatch = "PATCH"

const
  Http100* = HttpCode(100)
  Http101* = HttpCode(101)
  Http102* = HttpCode(102)
  Http103* = HttpCode(103)
  Http200* = HttpCode(200)
  Http201* = HttpCode(201)
  Http202* = HttpCode(202)
  Http203* = HttpCode(203)
  Http204* = HttpCode(204)
  Http205* = HttpCode(205)
  Http206* = HttpCode(206)
  Http207* = HttpCode(207)
  Http208* = HttpCode(208)
  Http226* = HttpCode(226)
  Http300* = HttpCode(300)
  Http301* = HttpCode(301)
  Http302* = HttpCode(302)
  Http303* = HttpCode(303)
  Http304* = HttpCode(304)
  Http305* = HttpCode(305)
  Http307* = HttpCode(307)
  Http308* = HttpCode(308)
  Http400* = HttpCode(400)
  Http401* = HttpCode(401)
  Http402* = HttpCode(402)
  Http403* = HttpCode(403)
  Http404* = HttpCode(404)
  Http405* = HttpCode(405)
  Http406* = HttpCode(406)
  Http407* = HttpCode(407)
  Http408* = HttpCode(408)
  Http409* = HttpCode(409)
  Http410* = HttpCode(410)
  Http411* = HttpCode(411)
  Http412* = HttpCode(412)
  Http413* = HttpCode(413)
  Http414* = HttpCode(414)
  Http415* = HttpCode(415)
  Http416* = HttpCode(416)
  Http417* = HttpCode(417)
  Http418* = HttpCode(418)
  Http421* = HttpCode(421)
  Http422* = HttpCode(422)
  Http423* = HttpCode(423)
  Http424* = HttpCode(424)
  Http425* = HttpCode(425)
  Http426* = HttpCode(426)
  Http428* = HttpCode(428)
  Http429* = HttpCode(429)
  Http431* = HttpCode(431)
  Http451* = HttpCode(451)
  Http500* = HttpCode(500)
  Http501* = HttpCode(501)
  Http502* = HttpCode(502)
  Http503* = HttpCode(503)
  Http504* = HttpCode(504)
  Http505* = HttpCode(505)
  Http506* = HttpCode(506)
  Http507* = HttpCode(507)
  Http508* = HttpCode(508)
  Http510* = HttpCode(510)
  Http511* = HttpCode(511)
  httpNewLine* = "\c\l" ## What ends a line.
  headerLimit* = 10_000 ## How long a line may be.

func toTitleCase(s: string): string =
  var first = true
  for c in s:
    result.add(if first: toUpperAscii(c) else: toLowerAscii(c))
    first = c == '-'

func spelt(headers: HttpHeaders, name: string): string =
  # As it is in the table.
  if headers.isTitleCase: toTitleCase(name) else: toLowerAscii(name)

proc add*(headers: HttpHeaders, key, value: string) =
  ## One more value for the name.
  headers.table.mgetOrPut(headers.spelt(key), @[]).add value

func newHttpHeaders*(titleCase = false): HttpHeaders =
  ## No headers yet. With `titleCase` they are `Content-Type` rather than `content-type`.
  HttpHeaders(table: newTable[string, seq[string]](), isTitleCase: titleCase)

func newHttpHeaders*(keyValuePairs: openArray[tuple[key: string, val: string]], titleCase = false): HttpHeaders =
  ## Headers with these names and values.
  result = newHttpHeaders(titleCase)
  {.cast(noSideEffect).}:
    for (key, value) in keyValuePairs: result.add(key, value)

func `$`*(headers: HttpHeaders): string = $headers.table

proc clear*(headers: HttpHeaders) = headers.table.clear()
  ## Takes all of them out.

func `[]`*(headers: HttpHeaders, key: string): HttpHeaderValues =
  ## The values of a name. KeyError when there are none.
  {.cast(noSideEffect).}: HttpHeaderValues(headers.table[headers.spelt(key)])

converter toString*(values: HttpHeaderValues): string = seq[string](values)[0]
  ## The first value.

func `[]`*(headers: HttpHeaders, key: string, i: int): string =
  ## One of the values of a name.
  {.cast(noSideEffect).}: headers.table[headers.spelt(key)][i]

proc `[]=`*(headers: HttpHeaders, key, value: string) = headers.table[headers.spelt(key)] = @[value]
  ## The one value of a name.

proc `[]=`*(headers: HttpHeaders, key: string, value: seq[string]) =
  ## The values of a name; it is taken out when there are none.
  if value.len > 0: headers.table[headers.spelt(key)] = value
  else: headers.table.del(headers.spelt(key))

proc del*(headers: HttpHeaders, key: string) = headers.table.del(headers.spelt(key))
  ## Takes a name out.

iterator pairs*(headers: HttpHeaders): tuple[key, value: string] =
  ## Each value with its name.
  for key, values in headers.table:
    for value in values: yield (key, value)

func contains*(values: HttpHeaderValues, value: string): bool =
  ## Is it among them, in any case?
  for it in seq[string](values):
    if it.toLowerAscii == value.toLowerAscii: return true

func hasKey*(headers: HttpHeaders, key: string): bool = headers.table.hasKey(headers.spelt(key))
  ## Is the name there?

func getOrDefault*(headers: HttpHeaders, key: string, default = HttpHeaderValues(@[""])): HttpHeaderValues =
  ## The values of a name, or `default`.
  if headers.hasKey(key): headers[key] else: default

func len*(headers: HttpHeaders): int = headers.table.len
  ## How many names there are.

func parseHeader*(line: string): tuple[key: string, value: seq[string]] =
  ## The name in a line, and its values, which commas separate. A cookie is one value.
  var at = line.parseUntil(result.key, ':') + 1
  if at < line.len and cmpIgnoreCase(result.key, "cookie") == 0:
    result.value.add line.substr(at + line.skipWhitespace(at))
  elif at < line.len:
    while at < line.len and line[at] notin {'\c', '\l'}:
      at += line.skipWhitespace(at)
      var value = ""
      at += line.parseUntil(value, {'\c', '\l', ','}, at)
      result.value.add value
      if at < line.len and line[at] == ',': inc at
  elif result.key.len > 0:
    result.value = @[""]

func `==`*(protocol: tuple[orig: string, major, minor: int], ver: HttpVersion): bool =
  ## Is it this version?
  protocol.major == 1 and protocol.minor == (if ver == HttpVer11: 1 else: 0)

func contains*(methods: set[HttpMethod], x: string): bool = parseEnum[HttpMethod](x) in methods
  ## Is the method of the name among them?

func `$`*(code: HttpCode): string =
  ## The number, with what it means where that is known.
  case int(code)
  of 100: "100 Continue"
  of 101: "101 Switching Protocols"
  of 102: "102 Processing"
  of 103: "103 Early Hints"
  of 200: "200 OK"
  of 201: "201 Created"
  of 202: "202 Accepted"
  of 203: "203 Non-Authoritative Information"
  of 204: "204 No Content"
  of 205: "205 Reset Content"
  of 206: "206 Partial Content"
  of 207: "207 Multi-Status"
  of 208: "208 Already Reported"
  of 226: "226 IM Used"
  of 300: "300 Multiple Choices"
  of 301: "301 Moved Permanently"
  of 302: "302 Found"
  of 303: "303 See Other"
  of 304: "304 Not Modified"
  of 305: "305 Use Proxy"
  of 307: "307 Temporary Redirect"
  of 308: "308 Permanent Redirect"
  of 400: "400 Bad Request"
  of 401: "401 Unauthorized"
  of 402: "402 Payment Required"
  of 403: "403 Forbidden"
  of 404: "404 Not Found"
  of 405: "405 Method Not Allowed"
  of 406: "406 Not Acceptable"
  of 407: "407 Proxy Authentication Required"
  of 408: "408 Request Timeout"
  of 409: "409 Conflict"
  of 410: "410 Gone"
  of 411: "411 Length Required"
  of 412: "412 Precondition Failed"
  of 413: "413 Request Entity Too Large"
  of 414: "414 Request-URI Too Long"
  of 415: "415 Unsupported Media Type"
  of 416: "416 Requested Range Not Satisfiable"
  of 417: "417 Expectation Failed"
  of 418: "418 I'm a teapot"
  of 421: "421 Misdirected Request"
  of 422: "422 Unprocessable Entity"
  of 423: "423 Locked"
  of 424: "424 Failed Dependency"
  of 425: "425 Too Early"
  of 426: "426 Upgrade Required"
  of 428: "428 Precondition Required"
  of 429: "429 Too Many Requests"
  of 431: "431 Request Header Fields Too Large"
  of 451: "451 Unavailable For Legal Reasons"
  of 500: "500 Internal Server Error"
  of 501: "501 Not Implemented"
  of 502: "502 Bad Gateway"
  of 503: "503 Service Unavailable"
  of 504: "504 Gateway Timeout"
  of 505: "505 HTTP Version Not Supported"
  of 506: "506 Variant Also Negotiates"
  of 507: "507 Insufficient Storage"
  of 508: "508 Loop Detected"
  of 510: "510 Not Extended"
  of 511: "511 Network Authentication Required"
  else: $int(code)

func `==`*(a, b: HttpCode): bool {.borrow.}

proc `==`*(rawCode: string, code: HttpCode): bool {.deprecated: "Deprecated since v1.2; use rawCode == $code instead".} =
  cmpIgnoreCase(rawCode, $code) == 0

func is1xx*(code: HttpCode): bool = int(code) in 100 .. 199
  ## Is there more to come?
func is2xx*(code: HttpCode): bool = int(code) in 200 .. 299
  ## Did it succeed?
func is3xx*(code: HttpCode): bool = int(code) in 300 .. 399
  ## Is it somewhere else?
func is4xx*(code: HttpCode): bool = int(code) in 400 .. 499
  ## Was the request wrong?
func is5xx*(code: HttpCode): bool = int(code) in 500 .. 599
  ## Did the server fail?
