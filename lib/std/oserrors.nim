## The errors of the system.

type OSErrorCode* = distinct int32 ## The system's number of an error.

when defined(macosx):
  proc cErrno(): ptr cint {.importc: "__error", cdecl.}
else:
  proc cErrno(): ptr cint {.importc: "__errno_location", cdecl.}
proc cStrerror(code: cint): cstring {.importc: "strerror", cdecl.}

proc `==`*(a, b: OSErrorCode): bool {.borrow.}
proc `$`*(code: OSErrorCode): string = $int32(code)

proc osLastError*(): OSErrorCode = OSErrorCode(cErrno()[])
  ## What the last failed call to the system reported.

proc osErrorMsg*(code: OSErrorCode): string =
  ## The system's text for an error; empty for 0.
  if int32(code) == 0: "" else: $cStrerror(cint(int32(code)))

proc newOSError*(code: OSErrorCode, additionalInfo = ""): owned(ref OSError) =
  ## An OSError with the system's text.
  var e: ref OSError
  new(e)
  e.errorCode = int32(code)
  e.msg = osErrorMsg(code)
  if additionalInfo.len > 0:
    if e.msg.len > 0: e.msg.add("\n")
    e.msg.add("Additional info: " & additionalInfo)
  if e.msg.len == 0: e.msg = "unknown OS error"
  e

proc raiseOSError*(code: OSErrorCode, additionalInfo = "") =
  ## Raises an OSError.
  raise newOSError(code, additionalInfo)
