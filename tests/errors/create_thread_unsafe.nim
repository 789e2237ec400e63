discard """
  errormsg: "type mismatch: got <Thread[system.void], proc ()"
  line: 9
"""
# A proc that is not GC-safe does not fit.
var names: seq[string]
proc works() = names.add "x"
var t: Thread[void]
createThread(t, works)
