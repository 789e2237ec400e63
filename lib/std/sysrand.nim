## Random bytes of the operating system.

proc getrandom(buffer: pointer, length: csize_t, flags: cuint): int {.importc, header: "<sys/random.h>".}

proc urandom*(dest: var openArray[byte]): bool =
  ## Fills `dest`. Says whether that worked.
  var done = 0
  while done < dest.len:
    # The system gives 256 bytes at once whatever happens.
    let got = getrandom(addr dest[done], csize_t(min(256, dest.len - done)), 0)
    if got <= 0: return false
    inc(done, got)
  true

proc urandom*(size: Natural): seq[byte] =
  ## So many bytes. Raises OSError where there are none.
  result = newSeq[byte](size)
  if size > 0 and not urandom(result): raise newException(OSError, "no random bytes")
