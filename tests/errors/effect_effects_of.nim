discard """
  errormsg: "bad can raise an unlisted exception: ref ValueError"
  line: 11
"""
{.experimental: "strictEffects".}
proc call(f: proc ()) {.raises: [], effectsOf: f.} = f()
proc keep(f: proc ()) {.raises: [].} = discard
proc bad() = raise newException(ValueError, "x")
proc x() {.raises: [].} =
  keep(bad)
  call(bad)
