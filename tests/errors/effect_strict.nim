discard """
  errormsg: "Exception can raise an unlisted exception: Exception"
  line: 7
"""
{.experimental: "strictEffects".}
proc listed(f: proc ()) {.raises: [], effectsOf: f.} = f()
proc call(f: proc ()) {.raises: [].} = f()
