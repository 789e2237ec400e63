discard """
  errormsg: "'works' is not GC-safe as it accesses 'names' which is a global using GC'ed memory"
  line: 8
"""
# A thread may not use values on the heap that globals hold.
var names: seq[string]
var count: int
proc works() {.thread.} =
  inc count
  names.add "x"
var t: Thread[void]
createThread(t, works)
