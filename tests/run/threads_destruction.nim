discard """
  output: '''
works 1
second of 1
first of 1
nothing 2
works 3
second of 3
first of 3
'''
"""
# Handlers of the end of a thread, last first, also after a failure that the thread handles; none for the main thread.
proc works(n: int) {.thread.} =
  onThreadDestruction(proc () = echo "first of ", n)
  let name = "second of " & $n
  onThreadDestruction(proc () = echo name)
  echo "works ", n
proc nothing(n: int) {.thread.} = echo "nothing ", n
var t: Thread[int]
createThread(t, works, 1)
joinThread(t)
createThread(t, nothing, 2)
joinThread(t)
createThread(t, works, 3)
joinThread(t)
