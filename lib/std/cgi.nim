## What a web server tells a program that it starts, and what it wants to hear.

import std/[cookies, os, strtabs, strutils, uri]
export uri.encodeUrl, uri.decodeUrl

type
  CgiError* = object of IOError
    ## The request is not what was asked for.
  RequestMethod* = enum ## How the data comes.
    methodNone, methodPost, methodGet

proc xmlEncode*(s: string): string =
  ## A text with the characters escaped that mean something in XML.
  for c in s:
    case c
    of '"': result.add "&quot;"
    of '&': result.add "&amp;"
    of '<': result.add "&lt;"
    of '>': result.add "&gt;"
    else: result.add c

proc cgiError*(msg: string) {.noreturn.} = raise newException(CgiError, msg)
  ## Raises a CgiError.

proc encodedData(allowedMethods: set[RequestMethod]): string =
  case getEnv("REQUEST_METHOD")
  of "POST":
    if methodPost notin allowedMethods: cgiError("'REQUEST_METHOD' 'POST' is not supported")
    let length = parseInt(getEnv("CONTENT_LENGTH"))
    if length == 0: return ""
    result = newString(length)
    if readBuffer(stdin, addr result[0], length) != length: cgiError("cannot read from stdin")
  of "GET":
    if methodGet notin allowedMethods: cgiError("'REQUEST_METHOD' 'GET' is not supported")
    result = getEnv("QUERY_STRING")
  else:
    if methodNone notin allowedMethods: cgiError("'REQUEST_METHOD' must be 'POST' or 'GET'")

iterator decodeData*(data: string): tuple[key, value: string] =
  ## The names and values of a query.
  for pair in uri.decodeQuery(data): yield pair

iterator decodeData*(allowedMethods: set[RequestMethod] = {methodNone, methodPost, methodGet}): tuple[key, value: string] =
  ## The names and values that came with the request.
  for pair in uri.decodeQuery(encodedData(allowedMethods)): yield pair

proc readData*(allowedMethods: set[RequestMethod] = {methodNone, methodPost, methodGet}): StringTableRef =
  ## The names and values that came with the request, as a table.
  result = newStringTable()
  for name, value in decodeData(allowedMethods): result[name] = value

proc readData*(data: string): StringTableRef =
  ## The names and values of a query, as a table.
  result = newStringTable()
  for name, value in decodeData(data): result[name] = value

proc validateData*(data: StringTableRef, validKeys: varargs[string]) =
  ## CgiError when there is a name that is not among these.
  for key, _ in pairs(data):
    if key notin validKeys: cgiError("unknown variable name: " & key)

template variable(getter: untyped, name: string) =
  proc getter*(): string = getEnv(name)

variable(getContentLength, "CONTENT_LENGTH")
variable(getContentType, "CONTENT_Type")
variable(getDocumentRoot, "DOCUMENT_ROOT")
variable(getGatewayInterface, "GATEWAY_INTERFACE")
variable(getHttpAccept, "HTTP_ACCEPT")
variable(getHttpAcceptCharset, "HTTP_ACCEPT_CHARSET")
variable(getHttpAcceptEncoding, "HTTP_ACCEPT_ENCODING")
variable(getHttpAcceptLanguage, "HTTP_ACCEPT_LANGUAGE")
variable(getHttpConnection, "HTTP_CONNECTION")
variable(getHttpCookie, "HTTP_COOKIE")
variable(getHttpHost, "HTTP_HOST")
variable(getHttpReferer, "HTTP_REFERER")
variable(getHttpUserAgent, "HTTP_USER_AGENT")
variable(getPathInfo, "PATH_INFO")
variable(getPathTranslated, "PATH_TRANSLATED")
variable(getQueryString, "QUERY_STRING")
variable(getRemoteAddr, "REMOTE_ADDR")
variable(getRemoteHost, "REMOTE_HOST")
variable(getRemoteIdent, "REMOTE_IDENT")
variable(getRemotePort, "REMOTE_PORT")
variable(getRemoteUser, "REMOTE_USER")
variable(getRequestMethod, "REQUEST_METHOD")
variable(getRequestURI, "REQUEST_URI")
variable(getScriptFilename, "SCRIPT_FILENAME")
variable(getScriptName, "SCRIPT_NAME")
variable(getServerAddr, "SERVER_ADDR")
variable(getServerAdmin, "SERVER_ADMIN")
variable(getServerName, "SERVER_NAME")
variable(getServerPort, "SERVER_PORT")
variable(getServerProtocol, "SERVER_PROTOCOL")
variable(getServerSignature, "SERVER_SIGNATURE")
variable(getServerSoftware, "SERVER_SOFTWARE")

proc setTestData*(keysvalues: varargs[string]) =
  ## Names and values in turn, as if a server had been asked for them.
  putEnv("REQUEST_METHOD", "GET")
  var query = ""
  for i in countup(0, keysvalues.high, 2):
    query.add encodeUrl(keysvalues[i]) & "=" & encodeUrl(keysvalues[i + 1]) & "&"
  putEnv("QUERY_STRING", query)

proc writeContentType*() = stdout.write "Content-type: text/html\n\n"
  ## What an answer has to begin with.

proc writeErrorMessage*(data: string) =
  ## Shows a text in a browser, whatever has been written before.
  stdout.write "<!--: spam\nContent-Type: text/html\n\n-->" & "</font>".repeat(3) & "</script></object></blockquote></pre>" &
    "</table>".repeat(5) & "<plaintext>\n" & data

proc setStackTraceStdout*() {.error: "not supported yet: stack traces on standard output".}

proc setCookie*(name, value: string) = stdout.write("Set-Cookie: ", name, "=", value, "\n")
  ## Has the browser keep a cookie.

var known {.threadvar.}: StringTableRef

proc cookies(): StringTableRef =
  if known.isNil: known = parseCookies(getHttpCookie())
  known

proc getCookie*(name: string): string = cookies().getOrDefault(name)
  ## A cookie's value, or nothing.
proc existsCookie*(name: string): bool = cookies().hasKey(name)
  ## Is there such a cookie?
