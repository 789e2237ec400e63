## Parts of a module that came with a version of Nim.

template since*(version: (int, int), body: untyped) {.dirty.} =
  ## The body if Nim is of this version or a newer one.
  when (NimMajor, NimMinor) >= version: body

template since*(version: (int, int, int), body: untyped) {.dirty.} =
  ## The body if Nim is of this version or a newer one.
  when (NimMajor, NimMinor, NimPatch) >= version: body
