## Functions of the C library.

type
  CFilePtr* = File ## A stream of C's.
  CSighandlerT = proc (a: cint) {.noconv.}

const
  SIGINT* = cint(2)
  SIGILL* = cint(4)
  SIGABRT* = cint(6)
  SIGFPE* = cint(8)
  SIGSEGV* = cint(11)
  SIGPIPE* = cint(13)
  SIGTERM* = cint(15)

when defined(macosx):
  const SIGBUS* = cint(10)

template SIG_DFL*: CSighandlerT = cast[CSighandlerT](0)
  ## What the system does by itself.

template cstderr*: CFilePtr = stderr
template cstdout*: CFilePtr = stdout
template cstdin*: CFilePtr = stdin

proc c_memchr*(s: pointer, c: cint, n: csize_t): pointer {.importc: "memchr", noSideEffect.}
proc c_memcmp*(a, b: pointer, size: csize_t): cint {.importc: "memcmp", noSideEffect.}
proc c_memcpy*(a, b: pointer, size: csize_t): pointer {.importc: "memcpy", discardable.}
proc c_memmove*(a, b: pointer, size: csize_t): pointer {.importc: "memmove", discardable.}
proc c_memset*(p: pointer, value: cint, size: csize_t): pointer {.importc: "memset", discardable.}
proc c_strcmp*(a, b: cstring): cint {.importc: "strcmp", noSideEffect.}
proc c_strlen*(a: cstring): csize_t {.importc: "strlen", noSideEffect.}
proc c_abort*() {.importc: "abort", noSideEffect, noreturn.}
proc c_signal*(sign: cint, handler: CSighandlerT): CSighandlerT {.importc: "signal", discardable.}
proc c_raise*(sign: cint): cint {.importc: "raise".}
proc c_fprintf*(f: CFilePtr, frmt: cstring): cint {.importc: "fprintf", varargs, discardable.}
proc c_printf*(frmt: cstring): cint {.importc: "printf", varargs, discardable.}
proc c_fputs*(c: cstring, f: CFilePtr): cint {.importc: "fputs", discardable.}
proc c_sprintf*(buf, frmt: cstring): cint {.importc: "sprintf", varargs, noSideEffect.}
proc c_malloc*(size: csize_t): pointer {.importc: "malloc".}
proc c_calloc*(nmemb, size: csize_t): pointer {.importc: "calloc".}
proc c_free*(p: pointer) {.importc: "free".}
proc c_realloc*(p: pointer, newsize: csize_t): pointer {.importc: "realloc".}
proc c_fwrite*(buf: pointer, size, n: csize_t, f: CFilePtr): csize_t {.importc: "fwrite".}

proc rawWriteString*(f: CFilePtr, s: cstring, length: int) {.inline.} =
  ## Writes bytes, at once.
  discard c_fwrite(s, 1, csize_t(length), f)
  flushFile(f)

proc rawWrite*(f: CFilePtr, s: cstring) {.inline.} = rawWriteString(f, s, s.len)
  ## Writes a text, at once.
