discard """
  errormsg: "'works' is not GC-safe as it performs an indirect call here"
  line: 10
"""
# A proc value may do anything that its type does not exclude.
type Handler = object
  run: proc (n: int)

proc works(h: Handler) {.gcsafe.} =
  h.run(1)
works(Handler(run: proc (n: int) = echo n))
