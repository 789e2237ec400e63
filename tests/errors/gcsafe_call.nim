discard """
  errormsg: "'works' is not GC-safe as it calls 'adds'"
  line: 8
"""
# It is looked for along the calls.
var names: seq[string]
proc adds(s: string) = names.add s
proc works(s: string) {.gcsafe.} =
  adds(s)
works("a")
