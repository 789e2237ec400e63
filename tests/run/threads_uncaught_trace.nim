discard """
  exitcode: 1
  outputsub: "threads_uncaught_trace.nim(9)"
"""
# The trace names the thread's procs.
import std/os
proc works() {.thread.} =
  var list: seq[int]
  echo list[1]
var t: Thread[void]
createThread(t, works)
sleep(10_000)
