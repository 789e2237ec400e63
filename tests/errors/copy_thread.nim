discard """
  errormsg: "'=copy' is not available for type <Thread>"
  line: 9
"""
# A thread is not copied.
proc works() {.thread.} = discard
var t: Thread[void]
createThread(t, works)
var u = t
joinThread(t)
joinThread(u)
