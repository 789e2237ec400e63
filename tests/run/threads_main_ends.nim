discard """
  output: '''
end
'''
"""
# The program ends with its main module, whatever threads do.
import std/os
var c: Channel[int]
c.open()
proc waits() {.thread.} = echo c.recv()
proc computes() {.thread.} =
  var n = 0
  while true: n = (n + 1) mod 1000
proc sleeps() {.thread.} = sleep(1_000_000)
var ts: array[3, Thread[void]]
createThread(ts[0], waits)
createThread(ts[1], computes)
createThread(ts[2], sleeps)
sleep 20
echo "end"
