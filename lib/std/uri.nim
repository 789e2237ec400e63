## Addresses of the Web (RFC 3986).

import std/[strutils, parseutils, base64]

type
  Url* = distinct string ## An address as text.
  Uri* = object
    ## An address by its parts.
    scheme*, username*, password*: string
    hostname*, port*, path*, query*, anchor*: string
    opaque*: bool
    isIpv6*: bool ## The host is an address of version 6 of the protocol.
  UriParseError* = object of ValueError ## It is no address.

proc uriParseError*(msg: string) {.noreturn.} =
  ## Raises UriParseError.
  raise newException(UriParseError, msg)

func encodeUrl*(s: string, usePlus = true): string =
  ## `s` with what has a meaning in addresses as `%` and two digits; a space is `+`, or `%20` without `usePlus`.
  for c in s:
    case c
    of 'a'..'z', 'A'..'Z', '0'..'9', '-', '.', '_', '~': result.add(c)
    of ' ': result.add(if usePlus: "+" else: "%20")
    else: result.add('%' & toHex(ord(c), 2))

func decodeUrl*(s: string, decodePlus = true): string =
  ## The text that was encoded.
  var i = 0
  while i < s.len:
    if s[i] == '%' and i + 2 < s.len and s[i + 1] in HexDigits and s[i + 2] in HexDigits:
      result.add(char(parseHexInt(substr(s, i + 1, i + 2))))
      inc i, 3
    else:
      result.add(if s[i] == '+' and decodePlus: ' ' else: s[i])
      inc i

func encodeQuery*(query: openArray[(string, string)], usePlus = true, omitEq = true, sep = '&'): string =
  ## Keys and values as the query of an address.
  for (key, value) in query:
    if result.len > 0: result.add(sep)
    result.add(encodeUrl(key, usePlus))
    if not omitEq or value.len > 0: result.add('=' & encodeUrl(value, usePlus))

iterator decodeQuery*(data: string, sep = '&'): tuple[key, value: string] =
  ## The keys and values of a query.
  var i = 0
  while i < data.len:
    var j = i
    while j < data.len and data[j] notin {'=', sep}: inc j
    let key = decodeUrl(substr(data, i, j - 1))
    var value = ""
    if j < data.len and data[j] == '=':
      i = j + 1
      j = i
      while j < data.len and data[j] != sep: inc j
      value = decodeUrl(substr(data, i, j - 1))
    yield (key, value)
    if j >= data.len: break
    i = j + 1

func initUri*(): Uri = Uri()
  ## An address without parts.
func initUri*(isIpv6: bool): Uri = Uri(isIpv6: isIpv6)
  ## An address whose host is one of version 6 of the protocol.

func parseAuthority(authority: string, result: var Uri) =
  var i = 0
  var inPort = false
  var inIpv6 = false
  while i < authority.len:
    let c = authority[i]
    case c
    of '@':
      swap(result.username, result.hostname)
      swap(result.password, result.port)
      result.hostname.setLen(0)
      result.port.setLen(0)
      inPort = false
    of ':':
      if inIpv6: result.hostname.add(c)
      else: inPort = true
    of '[':
      inIpv6 = true
      result.isIpv6 = true
    of ']': inIpv6 = false
    else:
      if inPort: result.port.add(c)
      else: result.hostname.add(c)
    inc i

func parsePath(uri: string, i: var int, result: var Uri) =
  inc i, parseUntil(uri, result.path, {'?', '#'}, i)
  if cmpIgnoreCase(result.scheme, "mailto") == 0:
    let at = result.path.find('@')
    if at >= 0:
      result.username = substr(result.path, 0, at - 1)
      result.hostname = substr(result.path, at + 1)
      result.path.setLen(0)
  if i < uri.len and uri[i] == '?':
    inc i
    inc i, parseUntil(uri, result.query, {'#'}, i)
  if i < uri.len and uri[i] == '#':
    inc i
    inc i, parseUntil(uri, result.anchor, {}, i)

func parseUri*(uri: string, result: var Uri) =
  ## Takes an address apart.
  result = Uri()
  var i = 0
  # A reference that begins with the path has neither scheme nor host.
  let double = uri.len > 1 and uri[0] == '/' and uri[1] == '/'
  if uri.len == 0 or (uri[0] == '/' and not double):
    parsePath(uri, i, result)
    return
  if not double:
    while i < uri.len and uri[i] notin {':', '/', '?', '#'}: inc i
    if i < uri.len and uri[i] == ':' and i > 0:
      result.scheme = substr(uri, 0, i - 1)
      inc i
    else:
      i = 0
      parsePath(uri, i, result)
      return
  if i + 1 < uri.len and uri[i] == '/' and uri[i + 1] == '/':
    inc i, 2
    var authority = ""
    inc i, parseUntil(uri, authority, {'/', '?', '#'}, i)
    if authority.len == 0 and result.scheme.len > 0 and result.scheme != "file": uriParseError("Expected authority but got nothing.")
    parseAuthority(authority, result)
  else: result.opaque = true
  parsePath(uri, i, result)

func parseUri*(uri: string): Uri = parseUri(uri, result)
  ## An address by its parts.

func removeDotSegments(path: string): string =
  if path.len == 0: return ""
  var parts: seq[string]
  let absolute = path[0] == '/'
  let ends = path.endsWith("/")
  let all = path.split('/')
  for i, part in all:
    # Dots at the end stay, as Nim's own `combine` has it.
    if i == all.high and part.len > 0: parts.add(part)
    elif part == "..":
      if parts.len > 0: discard parts.pop()
    elif part != "." and part != "": parts.add(part)
  result = (if absolute: "/" else: "") & parts.join("/")
  if ends and not result.endsWith("/"): result.add('/')

func merge(base, reference: Uri): string =
  if base.hostname.len > 0 and base.path.len == 0: "/" & reference.path
  else:
    let at = base.path.rfind('/')
    if at < 0: reference.path else: substr(base.path, 0, at) & reference.path

func combine*(base: Uri, reference: Uri): Uri =
  ## What a reference that stands in `base` means.
  template authority(u: Uri) =
    result.hostname = u.hostname
    result.username = u.username
    result.port = u.port
    result.password = u.password
    result.isIpv6 = u.isIpv6
  if reference.scheme.len > 0 and reference.scheme != base.scheme:
    result = reference
    result.path = removeDotSegments(reference.path)
    return
  if reference.hostname.len > 0:
    authority(reference)
    result.path = removeDotSegments(reference.path)
    result.query = reference.query
  else:
    if reference.path.len == 0:
      result.path = base.path
      result.query = if reference.query.len > 0: reference.query else: base.query
    else:
      result.path = removeDotSegments(if reference.path[0] == '/': reference.path else: merge(base, reference))
      result.query = reference.query
    authority(base)
  result.scheme = base.scheme
  result.anchor = reference.anchor

func combine*(uris: varargs[Uri]): Uri =
  ## The addresses, each as a reference in those before.
  result = uris[0]
  for i in 1 ..< uris.len: result = combine(result, uris[i])

func isAbsolute*(uri: Uri): bool = uri.scheme.len > 0 and (uri.hostname.len > 0 or uri.path.len > 0)
  ## Has it a scheme, and a host or a path?

func `/`*(x: Uri, path: string): Uri =
  ## The address with more of a path.
  result = x
  if result.path.len == 0:
    if path.len == 0 or path[0] != '/': result.path = "/"
    result.path.add(path)
    return
  let ends = result.path[^1] == '/'
  let begins = path.len > 0 and path[0] == '/'
  if ends and begins: result.path.add(substr(path, 1))
  elif ends or begins: result.path.add(path)
  else: result.path.add('/' & path)

func `?`*(u: Uri, query: openArray[(string, string)]): Uri =
  ## The address with a query.
  result = u
  result.query = encodeQuery(query)

func `$`*(u: Uri): string =
  ## The address as text.
  if u.scheme.len > 0:
    result.add(u.scheme & ":")
    if not u.opaque: result.add("//")
  if u.username.len > 0:
    result.add(u.username)
    if u.password.len > 0: result.add(":" & u.password)
    result.add('@')
  if u.hostname.endsWith('/'): result.add(if u.isIpv6: "[" & substr(u.hostname, 0, u.hostname.high - 1) & "]" else: substr(u.hostname, 0, u.hostname.high - 1))
  else: result.add(if u.isIpv6: "[" & u.hostname & "]" else: u.hostname)
  if u.port.len > 0: result.add(":" & u.port)
  if u.path.len > 0:
    if u.hostname.len > 0 and u.path[0] != '/': result.add('/')
    result.add(u.path)
  if u.query.len > 0: result.add("?" & u.query)
  if u.anchor.len > 0: result.add("#" & u.anchor)

proc getDataUri*(data, mime: string, encoding = "utf-8"): string =
  ## Data as an address of its own.
  "data:" & mime & ";charset=" & encoding & ";base64," & base64.encode(data)
