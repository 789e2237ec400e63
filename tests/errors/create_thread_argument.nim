discard """
  errormsg: "type mismatch: got <Thread[system.int], proc (s: string)"
  line: 9
"""
# The argument is of the type that the thread is of.
proc works(s: string) {.thread.} = echo s
proc other(n: int) {.thread.} = echo n
var t: Thread[int]
createThread(t, works, "a")
