## Text in other encodings, by the C library's `iconv`.

import std/os

type
  EncodingConverter* = object
    ## Converts from one encoding to another.
    handle: pointer
  EncodingError* = object of ValueError ## An encoding that is not known.

proc cIconvOpen(to, source: cstring): pointer {.importc: "iconv_open", cdecl.}
proc cIconvClose(handle: pointer): cint {.importc: "iconv_close", cdecl.}
proc cIconv(handle: pointer, input, inLeft, output, outLeft: pointer): csize_t {.importc: "iconv", cdecl.}

const
  invalid = 84
  truncated = 22
  full = 7

proc getCurrentEncoding*(uiApp = false): string = "UTF-8"
  ## The encoding of this system.

proc open*(destEncoding = "UTF-8", srcEncoding = "CP1252"): EncodingConverter =
  ## A converter. EncodingError when it cannot be had.
  result.handle = cIconvOpen(cstring(destEncoding), cstring(srcEncoding))
  if result.handle == cast[pointer](-1):
    raise newException(EncodingError, "cannot create encoding converter from " & srcEncoding & " to " & destEncoding)

proc close*(c: EncodingConverter) = discard cIconvClose(c.handle)
  ## Gives it back.

proc convert*(c: EncodingConverter, s: string): string =
  ## The text in the other encoding. A byte that makes no sense stays as it is.
  result = newString(max(s.len, 16))
  var
    source = cast[int](cstring(s))
    left = csize_t(s.len)
    written = 0
  while left > 0:
    var
      target = cast[int](addr result[0]) + written
      room = csize_t(result.len - written)
    let failed = cIconv(c.handle, addr source, addr left, addr target, addr room) == high(csize_t)
    written = result.len - int(room)
    if not failed: continue
    let code = int(osLastError())
    if code == full or written == result.len: result.setLen result.len * 2
    elif code in [invalid, truncated]:
      result[written] = cast[ptr char](source)[]
      inc written
      inc source
      dec left
    else: raiseOSError(OSErrorCode(int32(code)))
  result.setLen written

proc convert*(s: string, destEncoding = "UTF-8", srcEncoding = "CP1252"): string =
  ## The text in another encoding.
  let c = open(destEncoding, srcEncoding)
  try: result = convert(c, s)
  finally: close(c)
