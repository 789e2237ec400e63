discard """
  exitcode: 1
  outputsub: "Error: unhandled exception: worse [ValueError]"
"""
# What a thread does not handle ends the program, with the trace of the thread.
import std/os
proc inner(n: int) =
  if n == 0: raise newException(ValueError, "worse")
  inner(n - 1)
proc works(n: int) {.thread.} = inner(n)
var t: Thread[int]
createThread(t, works, 2)
joinThread(t)
sleep(10_000)
echo "never"
