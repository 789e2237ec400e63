import std/hotcodereloading
type Comparison* = proc (a, b: pointer): cint {.cdecl.}
var calls = 0
proc compare*(a, b: pointer): cint {.cdecl.} =
  inc calls
  if calls == 2: echo "new"
  cast[ptr cint](a)[] - cast[ptr cint](b)[]
