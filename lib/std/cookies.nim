## Cookies of HTTP.

import std/[strtabs, times, options]

type SameSite* {.pure.} = enum ## To which sites a cookie is sent.
  Default, None, Lax, Strict

proc parseCookies*(s: string): StringTableRef =
  ## `name=value; …` as a table.
  result = newStringTable(modeCaseInsensitive)
  var i = 0
  while true:
    while i < s.len and (s[i] == ' ' or s[i] == '\t'): inc(i)
    let keyStart = i
    while i < s.len and s[i] != '=': inc(i)
    let keyEnd = i - 1
    if i >= s.len: break
    inc(i)
    let valueStart = i
    while i < s.len and s[i] != ';': inc(i)
    result[s[keyStart .. keyEnd]] = s[valueStart ..< i]
    if i >= s.len: break
    inc(i)

proc setCookie*(key, value: string, domain = "", path = "", expires = "", noName = false, secure = false,
    httpOnly = false, maxAge = none(int), sameSite = SameSite.Default): string =
  ## The header that makes a browser keep a cookie.
  if not noName: result.add("Set-Cookie: ")
  result.add(key & "=" & value)
  if domain != "": result.add("; Domain=" & domain)
  if path != "": result.add("; Path=" & path)
  if expires != "": result.add("; Expires=" & expires)
  if secure: result.add("; Secure")
  if httpOnly: result.add("; HttpOnly")
  if maxAge.isSome: result.add("; Max-Age=" & $maxAge.unsafeGet)
  if sameSite != SameSite.Default: result.add("; SameSite=" & $sameSite)

proc setCookie*(key, value: string, expires: DateTime | Time, domain = "", path = "", noName = false, secure = false,
    httpOnly = false, maxAge = none(int), sameSite = SameSite.Default): string =
  ## The same with a point in time.
  setCookie(key, value, domain, path, format(expires.utc, "ddd',' dd MMM yyyy HH:mm:ss 'GMT'"), noName, secure,
    httpOnly, maxAge, sameSite)
